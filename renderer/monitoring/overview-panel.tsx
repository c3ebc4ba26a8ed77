import type { MonitorOverview } from '../../src/contract/monitoring-contract.ts'
import type { BusinessMetric } from '../../src/core/monitor.ts'
import { operationMetrics, qualityMetrics } from '../../src/core/monitor-metrics.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { MetricFigure, type FigureSurroundings } from './metric-figure.tsx'
import { metricText, metricWords, pointText } from './metric-words.ts'
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
  return (
    <div className="flex flex-col gap-5 p-6">
      <dl className="selectable flex flex-wrap gap-2">
        {newest.map((point) => (
          <div
            key={`${point.metric} ${point.column}`}
            className={`min-w-32 rounded-md border px-3 py-2 ${point.isBeyond ? 'border-bad' : 'border-line'}`}
          >
            <dt className="text-xs text-ink-faint">
              {point.metric === 'business' ? point.column : metricWords[point.metric].title}
            </dt>
            <dd className={`text-md font-semibold tabular ${point.isBeyond ? 'text-bad' : ''}`}>
              {metricText(point.metric, point.value)}
            </dd>
            {point.reference !== null && (
              <dd className="text-xs text-ink-soft">
                {metricText(point.metric, point.reference)} in training
              </dd>
            )}
            {point.low !== null && <dd className="text-2xs text-ink-faint">{pointText(point)}</dd>}
          </div>
        ))}
      </dl>
      {driftedColumns.length > 0 && (
        <p>
          Distributed otherwise than in training: <strong>{driftedColumns.join(', ')}</strong>
        </p>
      )}
      <div className="grid grid-cols-1 gap-6 xl:grid-cols-2">
        <MetricFigure of={of} filter={{ metric: 'drift-share', segment: null }} />
        {quality && <QualityFigure of={of} metric={quality} segment={null} />}
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
