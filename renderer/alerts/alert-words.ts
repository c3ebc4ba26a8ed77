import type { AlertInfo } from '../../src/contract/alerts-contract.ts'
import type { AlertComparison, AlertRule, AlertSeverity } from '../../src/core/alert-rule.ts'
import { metricTitle, metricValueText } from '../../src/core/metric-words.ts'

export const severityTones = { info: 'plain', warning: 'warn', critical: 'bad' } as const satisfies Record<
  AlertSeverity,
  'plain' | 'warn' | 'bad'
>

export const resolveWords: Readonly<Record<NonNullable<AlertInfo['resolvedBecause']>, string>> = {
  recovered: 'as it should be again',
  'rule-changed': 'its rule was taken away',
  'not-watched': 'it is not watched any more',
  removed: 'the endpoint was removed',
}

export const comparisonWords: Readonly<Record<AlertComparison, string>> = {
  above: 'is above',
  below: 'is below',
  'beyond-limit': 'is beyond the monitor’s limit',
  'no-data': 'has no value',
}

/** What a rule looks for, in one line: `Latency, p99 is above 250 ms for 5 windows`. */
export function ruleText(rule: AlertRule): string {
  const { metric, column, segment, version, comparison, threshold, for: holding } = rule
  const places = [
    ...(column === null ? [] : [`“${column}”`]),
    ...(segment === null ? [] : [`where ${segment.column} is ${segment.value}`]),
    ...(version === null ? [] : [version]),
  ]
  const subject = [metricTitle(metric), ...(places.length === 0 ? [] : [`(${places.join(', ')})`])].join(' ')
  const limit = threshold === null ? '' : ` ${metricValueText(metric, threshold)}`
  const long =
    holding.kind === 'minutes'
      ? ` for ${holding.minutes} minutes`
      : holding.windows === 1
        ? ''
        : ` for ${holding.windows} windows in a row`
  return `${subject} ${comparisonWords[comparison]}${limit}${long}`
}
