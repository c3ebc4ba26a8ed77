import type { z } from 'zod'
import { formatCount } from '../../ui/format-amount.ts'
import { amountText, metricTitle } from '../format-amounts.ts'
import { CurveChart } from './curve-chart.tsx'
import type { calibrationReportSchema } from './report-contents.ts'
import { FactTable } from './report-parts.tsx'

/** How far probabilities could be taken at their word before, and can be now. */
export function CalibrationReport({ content }: { content: z.infer<typeof calibrationReportSchema> }) {
  const { rows, metrics, curve } = content
  return (
    <div className="flex flex-col gap-5">
      <p className="text-ink-soft">Fitted to {formatCount(rows)} validation rows.</p>
      <FactTable
        label="Metrics before and after"
        columns={[
          { title: 'Metric' },
          { title: 'Before', isNumber: true },
          { title: 'After', isNumber: true },
        ]}
        rows={Object.entries(metrics.after).map(([name, after]) => [
          metricTitle(name),
          metrics.before[name] === undefined ? '–' : amountText(metrics.before[name]),
          <strong key="after">{amountText(after)}</strong>,
        ])}
      />
      {curve && (
        <CurveChart
          title="Calibration"
          x="probability"
          y="share that is so"
          isShare
          diagonal
          curves={[
            { name: 'before', x: curve.before.predicted, y: curve.before.observed },
            { name: 'after', x: curve.after.predicted, y: curve.after.observed },
          ]}
        />
      )}
    </div>
  )
}
