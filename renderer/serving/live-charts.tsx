import { useDeferredValue, useMemo } from 'react'
import type { StatisticsPoint, StatisticsTotals } from '../../src/contract/deployment-statistics.ts'
import { Chart } from '../results/charts/chart.tsx'
import { useChartTheme } from '../results/charts/chart-theme.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { formatBytes, formatCount } from '../ui/format-amount.ts'
import { momentText, shareText } from '../results/format-amounts.ts'
import { rateText } from './rate-text.ts'
import { drawSeconds, type SecondsChart } from './draw-seconds.ts'

interface LiveChartsProps {
  points: readonly StatisticsPoint[]
  totals: StatisticsTotals | null
  isOn: boolean
}

const charts: readonly SecondsChart[] = [
  {
    title: 'Requests per second',
    unit: '',
    lines: [
      { name: 'requests', valueOf: ({ requestsPerSecond }) => requestsPerSecond },
      { name: 'errors', valueOf: ({ errorsPerSecond }) => errorsPerSecond },
    ],
  },
  {
    title: 'Milliseconds to answer',
    unit: 'ms',
    lines: [
      { name: 'p50', valueOf: ({ p50Ms }) => p50Ms },
      { name: 'p95', valueOf: ({ p95Ms }) => p95Ms },
      { name: 'p99', valueOf: ({ p99Ms }) => p99Ms },
    ],
  },
  {
    title: 'Errors per second',
    unit: '',
    lines: 'errors',
  },
  {
    title: 'Rows answered together',
    unit: 'rows',
    lines: [
      { name: 'mean rows', valueOf: ({ batchRows }) => batchRows },
      { name: 'waiting', valueOf: ({ queueDepth }) => queueDepth },
    ],
  },
]

/** The last ten minutes of an endpoint, second by second. */
export function LiveCharts({ points, totals, isOn }: LiveChartsProps) {
  const shown = useDeferredValue(points)
  if (shown.length === 0) {
    return (
      <EmptyState title={isOn ? 'Nothing has been measured yet' : 'The endpoint does not run'}>
        {isOn
          ? 'The first numbers come within a second.'
          : 'While it runs, requests, times and errors are drawn here second by second.'}
      </EmptyState>
    )
  }
  return (
    <div className="flex flex-col gap-5 p-6">
      <Totals totals={totals} newest={shown.at(-1)!} />
      <div className="grid grid-cols-1 gap-6 xl:grid-cols-2">
        {charts.map((chart) => (
          <SecondsFigure key={chart.title} chart={chart} points={shown} />
        ))}
      </div>
    </div>
  )
}

function SecondsFigure({ chart, points }: { chart: SecondsChart; points: readonly StatisticsPoint[] }) {
  const theme = useChartTheme()
  const { option, summary } = useMemo(() => drawSeconds(chart, { points, theme }), [chart, points, theme])
  return (
    <figure className="flex min-w-0 flex-col gap-1">
      <figcaption className="text-xs font-medium text-ink-soft">{chart.title}</figcaption>
      <Chart option={option} summary={summary} className="h-48 w-full" />
    </figure>
  )
}

function Totals({ totals, newest }: { totals: StatisticsTotals | null; newest: StatisticsPoint }) {
  const errors = Object.entries(totals?.errors ?? {})
  const facts = [
    ['Answered', totals ? formatCount(totals.requests) : '–'],
    ['Rows', totals ? formatCount(totals.rows) : '–'],
    ['Refused or failed', formatCount(errors.reduce((sum, [, count]) => sum + count, 0))],
    ['Median time', newest.p50Ms === null ? '–' : `${rateText(newest.p50Ms)} ms`],
    ['Processor', shareText(newest.cpuShare)],
    ['Memory', formatBytes(newest.residentBytes)],
  ] as const
  return (
    <div className="selectable flex flex-col gap-2">
      <dl className="flex flex-wrap gap-2">
        {facts.map(([title, value]) => (
          <div key={title} className="min-w-28 rounded-md border border-line px-3 py-2">
            <dt className="text-xs text-ink-faint">{title}</dt>
            <dd className="text-md font-semibold tabular">{value}</dd>
          </div>
        ))}
      </dl>
      {totals && (
        <p className="text-xs text-ink-soft">
          Since {momentText(totals.since)}
          {errors.length > 0 &&
            ` · ${errors.map(([reason, count]) => `${reasonWords(reason)} ${formatCount(count)}`).join(', ')}`}
          {totals.logDropped > 0 && ` · ${formatCount(totals.logDropped)} answers could not be logged`}
        </p>
      )}
    </div>
  )
}

const reasonWords = (reason: string): string => reason.replaceAll('-', ' ')
