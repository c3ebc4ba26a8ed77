import type { MonitorOverview } from '../../src/contract/monitoring-contract.ts'
import type { BusinessMetric, MonitorPoint, Segment } from '../../src/core/monitor.ts'
import { monitorMetrics, operationMetrics, qualityMetrics } from '../../src/core/monitor-metrics.ts'
import { metricWords } from '../../src/core/metric-words.ts'
import { useClient } from '../api/client.ts'
import { useQuery } from '../api/use-query.ts'
import { classNames } from '../ui/class-names.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { MetricFigure, type ChosenWindow, type FigureSurroundings } from './metric-figure.tsx'
import { metricText } from './metric-words.ts'
import { QualityFigure } from './quality-figure.tsx'

interface OverviewPanelProps {
  of: FigureSurroundings
  overview: MonitorOverview
  window: ChosenWindow | null
  segment: Segment | null
  business: readonly BusinessMetric[]
}

/** How a deployment was in a window: its numbers, and how they came to be. */
export function OverviewPanel({ of, overview, window, segment, business }: OverviewPanelProps) {
  const client = useClient()
  const { name, round } = of
  const { data } = useQuery(window && JSON.stringify([name, window, round]), (signal) =>
    client.monitoring.window({ name, ...window! }, { signal }),
  )
  const { newest, openRows } = overview
  if (!window && newest.length === 0) {
    return (
      <EmptyState title="Nothing has been measured yet">
        {openRows > 0
          ? `${openRows} rows have come so far; the first window is measured when it is full.`
          : 'As soon as it is asked, rows are compared with those that the model was trained on.'}
      </EmptyState>
    )
  }
  const own = (data?.points ?? []).filter((point) => isOf(point, segment))
  const operation = newest.filter(({ metric }) => ofMinutes.has(metric))
  const drifted = own.filter(({ metric, isBeyond }) => metric === 'column-drift' && isBeyond)
  const quality = qualityMetrics.find((metric) => own.some((point) => point.metric === metric))
  return (
    <div className="flex flex-col gap-5 p-6">
      <dl className="selectable flex flex-wrap gap-2">
        {tilesOf([...own, ...operation]).map((point) => (
          <PointTile key={`${point.metric} ${point.column}`} point={point} />
        ))}
      </dl>
      {drifted.length > 0 && (
        <p>
          Distributed otherwise than in training:{' '}
          <strong>{drifted.map(({ column }) => column).join(', ')}</strong>
        </p>
      )}
      <div className="grid grid-cols-1 gap-6 xl:grid-cols-2">
        <QualityFigure of={of} metric={quality ?? 'quality-accuracy'} segment={segment} />
        <MetricFigure of={of} filter={{ metric: 'drift-share', segment }} />
        <MetricFigure of={of} filter={{ metric: 'prediction-drift', segment }} />
        {business.map(({ name: column }) => (
          <MetricFigure
            key={column}
            of={of}
            title={column}
            filter={{ metric: 'business', column, segment }}
          />
        ))}
      </div>
    </div>
  )
}

const ofMinutes: ReadonlySet<MonitorPoint['metric']> = new Set(operationMetrics)

const isOf = ({ segment }: MonitorPoint, wanted: Segment | null): boolean =>
  segment?.column === wanted?.column && segment?.value === wanted?.value

/** What is left to the tab of its own. */
const details: ReadonlySet<MonitorPoint['metric']> = new Set([
  'rows',
  'latency-p50',
  'latency-p99',
  'fallback-share',
  'cpu',
  'memory',
])

/** What is beyond its limit first, then in the order in which metrics are listed. */
function tilesOf(points: readonly MonitorPoint[]): readonly MonitorPoint[] {
  const rank = ({ metric, isBeyond }: MonitorPoint): number =>
    monitorMetrics.indexOf(metric) + (isBeyond ? 0 : monitorMetrics.length)
  return points
    .filter(({ metric, column }) => !details.has(metric) && (column === null || metric === 'business'))
    .toSorted((a, b) => rank(a) - rank(b))
}

function PointTile({ point }: { point: MonitorPoint }) {
  const { metric, column, value, low, high, reference, isBeyond } = point
  const told = [
    ...(low === null || high === null ? [] : [`${metricText(metric, low)} to ${metricText(metric, high)}`]),
    ...(reference === null ? [] : [`usual ${metricText(metric, reference)}`]),
  ]
  return (
    <div
      className={classNames('min-w-32 rounded-md border px-3 py-2', isBeyond ? 'border-bad' : 'border-line')}
    >
      <dt className="text-xs text-ink-faint">{metric === 'business' ? column : metricWords[metric].title}</dt>
      <dd className={classNames('text-md font-semibold tabular', isBeyond && 'text-bad')}>
        {metricText(metric, value)}
      </dd>
      {told.map((text) => (
        <dd key={text} className="text-2xs text-ink-soft tabular">
          {text}
        </dd>
      ))}
    </div>
  )
}

/** Traffic, times and processes of a deployment, minute by minute. */
export function OperationPanel({ of }: { of: FigureSurroundings }) {
  return (
    <div className="grid grid-cols-1 gap-6 p-6 xl:grid-cols-2">
      {operationMetrics.map((metric) => (
        <MetricFigure key={metric} of={of} filter={{ metric }} />
      ))}
    </div>
  )
}
