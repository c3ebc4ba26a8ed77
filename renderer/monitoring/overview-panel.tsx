import type { MonitorOverview } from '../../src/contract/monitoring-contract.ts'
import type { BusinessMetric, MonitorPoint } from '../../src/core/monitor.ts'
import { monitorMetrics, operationMetrics, qualityMetrics } from '../../src/core/monitor-metrics.ts'
import { metricWords } from '../../src/core/metric-words.ts'
import { classNames } from '../ui/class-names.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { MetricFigure, type FigureSurroundings } from './metric-figure.tsx'
import { metricText } from './metric-words.ts'
import { QualityFigure } from './quality-figure.tsx'

interface OverviewPanelProps {
  of: FigureSurroundings
  overview: MonitorOverview
  business: readonly BusinessMetric[]
}

/** How a deployment is: the newest numbers, and how they came to be. */
export function OverviewPanel({ of, overview, business }: OverviewPanelProps) {
  const { newest, window, openRows, driftedColumns } = overview
  if (!window && newest.length === 0) {
    return (
      <EmptyState title="Nothing has been measured yet">
        {openRows > 0
          ? `${openRows} rows have come so far; the first window is measured when it is full.`
          : 'As soon as it is asked, rows are compared with those that the model was trained on.'}
      </EmptyState>
    )
  }
  const quality = qualityMetrics.find((metric) => newest.some((point) => point.metric === metric))
  const tiles = tilesOf(newest)
  return (
    <div className="flex flex-col gap-5 p-6">
      <dl className="selectable flex flex-wrap gap-2">
        {tiles.map((point) => (
          <PointTile key={`${point.metric} ${point.column}`} point={point} />
        ))}
      </dl>
      {driftedColumns.length > 0 && (
        <p>
          Distributed otherwise than in training: <strong>{driftedColumns.join(', ')}</strong>
        </p>
      )}
      <div className="grid grid-cols-1 gap-6 xl:grid-cols-2">
        {quality && <QualityFigure of={of} metric={quality} segment={null} />}
        <MetricFigure of={of} filter={{ metric: 'drift-share', segment: null }} />
        <MetricFigure of={of} filter={{ metric: 'prediction-drift', segment: null }} />
        {business.map(({ name }) => (
          <MetricFigure
            key={name}
            of={of}
            title={name}
            filter={{ metric: 'business', column: name, segment: null }}
          />
        ))}
      </div>
    </div>
  )
}

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
  return points.filter(({ metric }) => !details.has(metric)).toSorted((a, b) => rank(a) - rank(b))
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
