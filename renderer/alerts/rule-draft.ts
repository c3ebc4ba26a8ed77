import {
  alertRuleSchema,
  type AlertComparison,
  type AlertRule,
  type AlertSeverity,
} from '../../src/core/alert-rule.ts'
import { deploymentNameOf } from '../../src/core/deployment-name.ts'
import { explainIssues, formatPath } from '../../src/core/explain-issues.ts'
import { metricWords } from '../../src/core/metric-words.ts'
import type { MonitorMetric } from '../../src/core/monitor-metrics.ts'

/** A rule as it is typed into a form: amounts are texts until they are read. */
export interface RuleDraft {
  title: string
  metric: string
  column: string
  comparison: AlertComparison
  /** Of a share in per cent. */
  threshold: string
  holding: 'windows' | 'minutes'
  amount: string
  severity: AlertSeverity
  quietMinutes: string
  channels: readonly string[]
}

/** Metrics that have a value for each column, or for each name. */
const namedMetrics: ReadonlySet<string> = new Set([
  'column-drift',
  'missing-share',
  'unseen-share',
  'business',
])
export const hasColumns = (metric: string): boolean => namedMetrics.has(metric)

/** Metrics that the monitor holds to no limit of its own. */
const limitless: ReadonlySet<string> = new Set([
  'requests',
  'rows',
  'latency-p50',
  'latency-p95',
  'latency-p99',
  'error-share',
  'fallback-share',
  'labelled-share',
  'expected-accuracy',
  'cpu',
  'memory',
])
export const hasLimit = (metric: string): boolean => !limitless.has(metric)

/** What a threshold is typed in. */
export function thresholdUnit(metric: string): { text: string; factor: number } {
  const unit = Object.hasOwn(metricWords, metric) ? metricWords[metric as MonitorMetric].unit : 'score'
  switch (unit) {
    case 'share':
      return { text: '%', factor: 100 }
    case 'ms':
      return { text: 'ms', factor: 1 }
    case 'bytes':
      return { text: 'MB', factor: 1e-6 }
    case 'count':
    case 'score':
      return { text: '', factor: 1 }
  }
}

export function draftOfRule(rule: AlertRule | null): RuleDraft {
  if (!rule) {
    return {
      title: '',
      metric: 'drift-share',
      column: '',
      comparison: 'beyond-limit',
      threshold: '',
      holding: 'windows',
      amount: '1',
      severity: 'warning',
      quietMinutes: '60',
      channels: ['app'],
    }
  }
  const { title, metric, comparison, threshold, for: holding, severity, quietMinutes, channels } = rule
  return {
    title,
    metric,
    column: rule.column ?? '',
    comparison,
    threshold: threshold === null ? '' : plainText(threshold * thresholdUnit(metric).factor),
    holding: holding.kind,
    amount: String(holding.kind === 'windows' ? holding.windows : holding.minutes),
    severity,
    quietMinutes: String(quietMinutes),
    channels,
  }
}

/** What the draft means, or what is wrong with it, by the path of the field. `taken` are the ids of other rules. */
export function readRuleDraft(
  draft: RuleDraft,
  { base, taken }: { base: AlertRule | null; taken: readonly string[] },
): { rule: AlertRule } | { problems: ReadonlyMap<string, string> } {
  const { title, metric, comparison, holding } = draft
  const wantsThreshold = comparison === 'above' || comparison === 'below'
  const amount = amountOf(draft.amount)
  const read = explainIssues(alertRuleSchema, {
    ...base,
    id: base?.id ?? freeId(title, taken),
    title: title.trim(),
    metric,
    column: hasColumns(metric) && draft.column.trim() !== '' ? draft.column.trim() : null,
    comparison,
    threshold: wantsThreshold ? thresholdOf(draft) : null,
    for: holding === 'windows' ? { kind: 'windows', windows: amount } : { kind: 'minutes', minutes: amount },
    severity: draft.severity,
    quietMinutes: amountOf(draft.quietMinutes),
    channels: [...draft.channels],
  })
  if (read.success) return { rule: read.data }
  return { problems: new Map(read.explanations.map(({ path, message }) => [formatPath(path), message])) }
}

const plainText = (amount: number): string => String(Number(amount.toPrecision(12)))
const amountOf = (text: string): number => (text.trim() === '' ? Number.NaN : Number(text))

function thresholdOf({ threshold, metric }: RuleDraft): number | null {
  if (threshold.trim() === '') return null
  return Number((Number(threshold) / thresholdUnit(metric).factor).toPrecision(12))
}

function freeId(title: string, taken: readonly string[]): string {
  const name = title.trim() === '' ? 'rule' : deploymentNameOf(title).slice(0, 55)
  const plain = name.replaceAll(/^-+|-+$/g, '')
  if (!taken.includes(plain)) return plain
  for (let number = 2; ; number++) if (!taken.includes(`${plain}-${number}`)) return `${plain}-${number}`
}
