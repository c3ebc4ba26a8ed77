import type { DeploymentInfo } from '../../src/contract/deployment-info.ts'
import type {
  Estimate,
  TrafficComparison,
  TrafficResults,
  VersionTraffic,
} from '../../src/contract/deployment-traffic.ts'
import { useEffect, useState } from 'react'
import { useClient } from '../api/client.ts'
import { useQuery } from '../api/use-query.ts'
import { amountText, shareText } from '../results/format-amounts.ts'
import { FactTable, ReportSection } from '../results/reports/report-parts.tsx'
import { rateText } from './rate-text.ts'
import { Badge } from '../ui/badge.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { formatCount } from '../ui/format-amount.ts'
import { Spinner } from '../ui/spinner.tsx'

const refreshMs = 5000

/** The versions of an endpoint beside each other: traffic, answers, and what can be concluded so far. */
export function TrafficPanel({ info: { name, isOn, revision } }: { info: DeploymentInfo }) {
  const client = useClient()
  const [round, setRound] = useState(0)
  useEffect(() => {
    if (!isOn) return undefined
    const timer = setInterval(() => setRound((last) => last + 1), refreshMs)
    return () => clearInterval(timer)
  }, [isOn])
  const { data, error } = useQuery(`${name} ${revision} ${round}`, (signal) =>
    client.deployments.traffic({ name }, { signal }),
  )
  if (error) return <EmptyState title={error.message}>{error.remedy}</EmptyState>
  if (!data) {
    return (
      <div className="p-6">
        <Spinner label="Counting answers" />
      </div>
    )
  }
  if (data.versions.every(({ requests }) => requests === 0)) {
    return (
      <EmptyState title="No request has been answered yet">
        Versions are compared once requests come: split the traffic or add a shadow with “Change…”.
      </EmptyState>
    )
  }
  return (
    <div className="selectable flex flex-col gap-6 p-6">
      <Versions results={data} />
      <Canary results={data} />
      {data.comparisons.length > 0 && <Comparisons comparisons={data.comparisons} />}
      {data.shadows.length > 0 && <Shadows results={data} />}
    </div>
  )
}

function Versions({ results: { versions } }: { results: TrafficResults }) {
  return (
    <ReportSection title="Versions">
      <FactTable
        label="Traffic of the versions"
        columns={[
          { title: 'Version' },
          { title: 'Requests', isNumber: true },
          { title: 'Rows', isNumber: true },
          { title: 'Errors', isNumber: true },
          { title: 'p50', isNumber: true },
          { title: 'p95', isNumber: true },
          { title: 'p99', isNumber: true },
          { title: 'Answers' },
          { title: 'Right', isNumber: true },
        ]}
        rows={versions.map((each) => [
          `${nameOf(each)}${each.role === 'live' ? '' : ` (${each.role})`}`,
          formatCount(each.requests),
          formatCount(each.rows),
          shareEstimate(each.errorShare),
          ms(each.p50Ms),
          ms(each.p95Ms),
          ms(each.p99Ms),
          answersOf(each),
          qualityOf(each),
        ])}
      />
    </ReportSection>
  )
}

function Canary({ results: { canary } }: { results: TrafficResults }) {
  if (!canary) return null
  const { state, requests, minimumRequests, reason } = canary
  return (
    <p className="flex items-center gap-2">
      <Badge tone={state === 'passed' ? 'good' : state === 'rolled-back' ? 'bad' : 'accent'}>
        {state === 'rolled-back' ? 'taken back' : state}
      </Badge>
      {state === 'watched'
        ? `The canary ${nameOf(canary)} is watched: ${formatCount(requests)} of at least ${formatCount(minimumRequests)} requests.`
        : state === 'passed'
          ? `The canary ${nameOf(canary)} does no worse than the live versions.`
          : `The canary ${nameOf(canary)} was taken out of the traffic. ${reason ?? ''}`}
    </p>
  )
}

const verdicts: Readonly<
  Record<TrafficComparison['verdict'], { word: string; tone: 'good' | 'bad' | 'accent' | 'plain' }>
> = {
  better: { word: 'better', tone: 'good' },
  worse: { word: 'worse', tone: 'bad' },
  different: { word: 'different', tone: 'accent' },
  undecided: { word: 'cannot be told apart yet', tone: 'plain' },
}

function Comparisons({ comparisons }: { comparisons: readonly TrafficComparison[] }) {
  return (
    <ReportSection title="Differences">
      <FactTable
        label="Differences between versions"
        columns={[
          { title: 'Compared' },
          { title: 'What' },
          { title: 'Difference', isNumber: true },
          { title: '95 % interval', isNumber: true },
          { title: 'However often one looks', isNumber: true },
          { title: 'p-value', isNumber: true },
          { title: 'So far' },
        ]}
        rows={comparisons.map((each) => {
          const text =
            each.metric.endsWith('share') || each.metric === 'accuracy' ? shareDifference : amountText
          const { word, tone } = verdicts[each.verdict]
          return [
            `${nameOf(each.other)} against ${nameOf(each.baseline)}`,
            each.label === null ? metricWords[each.metric] : `answers “${each.label}”`,
            text(each.difference),
            `${text(each.interval.low)} to ${text(each.interval.high)}`,
            `${text(each.always.low)} to ${text(each.always.high)}`,
            amountText(each.pValue),
            <Badge key={word} tone={tone}>
              {word}
            </Badge>,
          ]
        })}
      />
      <p className="text-xs text-ink-faint">
        The p-value and the 95 % interval hold for one look at a time that was chosen beforehand; the interval
        beside them holds at every look.
      </p>
    </ReportSection>
  )
}

function Shadows({ results: { shadows } }: { results: TrafficResults }) {
  return (
    <ReportSection title="Shadows">
      <FactTable
        label="Shadows beside what was answered"
        columns={[
          { title: 'Shadow' },
          { title: 'Compared', isNumber: true },
          { title: 'Same answer', isNumber: true },
          { title: 'Mean difference', isNumber: true },
          { title: 'Left out to stay fast', isNumber: true },
        ]}
        rows={shadows.map((each) => [
          nameOf(each),
          formatCount(each.compared),
          shareEstimate(each.agreement),
          each.meanDifference ? amountEstimate(each.meanDifference) : '–',
          formatCount(each.dropped),
        ])}
      />
    </ReportSection>
  )
}

const metricWords: Readonly<Record<TrafficComparison['metric'], string>> = {
  'error-share': 'share of errors',
  'answer-share': 'share of an answer',
  'answer-mean': 'mean answer',
  accuracy: 'share that was right',
  'mean-absolute-error': 'mean absolute error',
}

const nameOf = ({ model, version }: { model: string; version: number }): string =>
  model === '' ? 'Fixed answer' : `${model}, version ${version}`
const ms = (value: number | null): string => (value === null ? '–' : `${rateText(value)} ms`)
const shareDifference = (difference: number): string =>
  `${amountText(Math.round(difference * 1000) / 10)} points`

function shareEstimate({ value, low, high }: Estimate): string {
  if (value === null) return '–'
  return low === null || high === null
    ? shareText(value)
    : `${shareText(value)} (${shareText(low)} to ${shareText(high)})`
}

function amountEstimate({ value, low, high }: Estimate): string {
  if (value === null) return '–'
  return low === null || high === null
    ? amountText(value)
    : `${amountText(value)} (${amountText(low)} to ${amountText(high)})`
}

const mostLabels = 3

function answersOf({ labels, meanAnswer }: VersionTraffic): string {
  if (meanAnswer) return `mean ${amountEstimate(meanAnswer)}`
  const shown = labels
    .slice(0, mostLabels)
    .map(({ label, share }) => `${label} ${shareText(share.value ?? 0)}`)
  return labels.length > mostLabels ? `${shown.join(', ')}, …` : shown.join(', ') || '–'
}

function qualityOf({ quality }: VersionTraffic): string {
  if (!quality) return '–'
  const text =
    quality.metric === 'accuracy' ? shareEstimate(quality.estimate) : amountEstimate(quality.estimate)
  return `${text}, of ${formatCount(quality.count)}`
}
