import type { AlertInfo } from '../../src/contract/alerts-contract.ts'
import type { AlertComparison, AlertRule, AlertSeverity } from '../../src/core/alert-rule.ts'
import { metricTitle, metricValueText } from '../../src/core/metric-words.ts'

export const severityTones = { info: 'plain', warning: 'warn', critical: 'bad' } as const satisfies Record<
  AlertSeverity,
  'plain' | 'warn' | 'bad'
>

export const resolveWords: Readonly<Record<NonNullable<AlertInfo['resolvedBecause']>, string>> = {
  recovered: 'as it should be again',
  'version-replaced': 'its version answers no more; nothing was measured yet of what does',
  'rule-changed': 'its rule was taken away',
  'not-watched': 'it is not watched any more',
  removed: 'the endpoint was removed',
}

const comparisonWords: Readonly<Record<AlertComparison, string>> = {
  above: 'above',
  below: 'below',
  'beyond-limit': 'beyond the monitor’s limit',
  'no-data': 'no value',
}

/** What a rule looks for, in one line: `Refused or failed: above 5 %, 5 windows in a row`. */
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
      ? `, for ${holding.minutes} minutes`
      : holding.windows === 1
        ? ''
        : `, ${holding.windows} windows in a row`
  return `${subject}: ${comparisonWords[comparison]}${limit}${long}`
}
