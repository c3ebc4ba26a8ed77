import { metricWords } from '../../src/core/metric-words.ts'
import type { MonitorMetric } from '../../src/core/monitor-metrics.ts'
import type { MonitorPoint } from '../../src/core/monitor.ts'
import { amountText, shareText } from '../results/format-amounts.ts'
import { formatBytes, formatCount } from '../ui/format-amount.ts'

export function metricText(metric: MonitorMetric, value: number): string {
  switch (metricWords[metric].unit) {
    case 'share':
      return shareText(value)
    case 'score':
      return amountText(value)
    case 'count':
      return formatCount(Math.round(value))
    case 'ms':
      return `${amountText(value)} ms`
    case 'bytes':
      return formatBytes(value)
  }
}

/** With its interval, where there is one. */
export function pointText({ metric, value, low, high }: MonitorPoint): string {
  const told = metricText(metric, value)
  return low === null || high === null
    ? told
    : `${told} (${metricText(metric, low)} to ${metricText(metric, high)})`
}
