import type { AlertFinding } from '../../core/alert-finding.ts'
import type { AlertRule } from '../../core/alert-rule.ts'
import { metricTitle, metricValueText } from '../../core/metric-words.ts'

const mostNamed = 5

/** What is so, and what it is compared with, in words: a line for each series, the first few of them. */
export function alertMessage(rule: AlertRule, findings: readonly AlertFinding[]): string {
  const named = findings.slice(0, mostNamed).map((finding) => sentenceOf(rule, finding))
  const more = findings.length - named.length
  return [...named, ...(more > 0 ? [`And ${more} more.`] : [])].join(' ')
}

function sentenceOf({ comparison }: AlertRule, finding: AlertFinding): string {
  const { metric, value, limit, windows } = finding
  const subject = `${metricTitle(metric)}${placeOf(finding)}`
  if (value === null) {
    const minutes = Math.round((finding.to - finding.from) / 60_000)
    return `${subject}: no value for ${minutes} minutes.`
  }
  const long = windows > 1 ? `, ${windows} windows in a row` : ''
  return `${subject}: ${metricValueText(metric, value)}${against(comparison, metric, limit)}${long}.`
}

function placeOf({ column, segment, version }: AlertFinding): string {
  const places = [
    ...(column === null ? [] : [`“${column}”`]),
    ...(segment === null ? [] : [`where ${segment.column} is ${segment.value}`]),
    ...(version === null ? [] : [version]),
  ]
  return places.length === 0 ? '' : ` (${places.join(', ')})`
}

function against(comparison: AlertRule['comparison'], metric: string, limit: number | null): string {
  if (limit === null) return ''
  const text = metricValueText(metric, limit)
  switch (comparison) {
    case 'above':
      return `, above ${text}`
    case 'below':
      return `, below ${text}`
    case 'beyond-limit':
      return `, beyond its limit of ${text}`
    case 'no-data':
      return ''
  }
}
