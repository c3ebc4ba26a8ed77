import { useState } from 'react'
import type { MonitorReference } from '../../src/contract/monitoring-contract.ts'
import type { MonitorPoint, Segment } from '../../src/core/monitor.ts'
import { qualityMetrics, type QualityMetric } from '../../src/core/monitor-metrics.ts'
import { metricWords } from '../../src/core/metric-words.ts'
import { useClient } from '../api/client.ts'
import { useQuery } from '../api/use-query.ts'
import { shareText } from '../results/format-amounts.ts'
import { FactTable, ReportSection } from '../results/reports/report-parts.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { formatCount } from '../ui/format-amount.ts'
import { Select } from '../ui/select.tsx'
import { MetricFigure, type ChosenWindow, type FigureSurroundings } from './metric-figure.tsx'
import { pointText } from './metric-words.ts'
import { QualityFigure } from './quality-figure.tsx'

interface QualityPanelProps {
  of: FigureSurroundings
  window: ChosenWindow | null
  segment: Segment | null
  references: readonly MonitorReference[]
}

/** How good the answers of a deployment are, as far as their truths have come, and what can be expected before. */
export function QualityPanel({ of, window, segment, references }: QualityPanelProps) {
  const client = useClient()
  const { name, round } = of
  const [wanted, setWanted] = useState<QualityMetric | null>(null)
  const { data } = useQuery(window && JSON.stringify([name, window, round]), (signal) =>
    client.monitoring.window({ name, ...window! }, { signal }),
  )
  if (!window) return <EmptyState title="No window has been measured yet" />
  const points = data?.points ?? []
  const reference = references.find(({ version }) => version === window.version)
  const metrics = qualityMetrics.filter(
    (metric) => points.some((point) => point.metric === metric) || reference?.quality[metric] !== undefined,
  )
  const metric = wanted ?? metrics[0] ?? 'quality-accuracy'
  return (
    <div className="flex flex-col gap-5 p-6">
      <div className="flex max-w-3xl items-center gap-3">
        <Select
          label="Metric"
          className="flex-1"
          value={metric}
          options={(metrics.length > 0 ? metrics : [metric]).map((value) => ({
            value,
            title: metricWords[value].title,
          }))}
          onChange={setWanted}
        />
        {data && (
          <span className="flex-1 text-xs text-ink-soft">
            {formatCount(data.window.labelled)} of {formatCount(data.window.rows)} rows of this window have a
            truth.
          </span>
        )}
      </div>
      {reference?.calibration && !reference.calibration.isCalibrated && (
        <p className="text-xs text-ink-soft">
          No accuracy is expected before truths come: on held-out rows the model is sure of{' '}
          {shareText(reference.calibration.confidence)} and right in{' '}
          {shareText(reference.calibration.accuracy)}. “Calibrate” in the pipeline makes both agree.
        </p>
      )}
      <QualityFigure of={of} metric={metric} segment={segment} />
      <MetricFigure of={of} filter={{ metric: 'labelled-share', segment: null }} />
      <Segments points={points.filter((point) => point.metric === metric)} />
    </div>
  )
}

/** The chosen window by values of columns. */
function Segments({ points }: { points: readonly MonitorPoint[] }) {
  const bySegment = points.filter(({ segment }) => segment !== null)
  if (bySegment.length === 0) return null
  return (
    <ReportSection title="Parts of this window">
      <FactTable
        label="Quality by part"
        columns={[
          { title: 'Column' },
          { title: 'Value' },
          { title: 'With truth', isNumber: true },
          { title: metricWords[points[0]!.metric].title, isNumber: true },
        ]}
        rows={bySegment.map((point) => [
          point.segment!.column,
          point.segment!.value === '' ? 'missing' : point.segment!.value,
          formatCount(point.rows),
          pointText(point),
        ])}
      />
    </ReportSection>
  )
}
