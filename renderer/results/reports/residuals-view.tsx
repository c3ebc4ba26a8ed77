import type { z } from 'zod'
import { formatCount } from '../../ui/format-amount.ts'
import { amountText } from '../format-amounts.ts'
import { CurveChart } from './curve-chart.tsx'
import type { residualsSchema } from './evaluation-content.ts'
import { FactTable, ReportSection } from './report-parts.tsx'

/** How far a model’s amounts are from the truth: along its answers, and where it missed most. */
export function ResidualsView({ residuals }: { residuals: z.infer<typeof residualsSchema> }) {
  const { mean, deviation, byPrediction, largest } = residuals
  const middles = byPrediction.map(({ from, to }) => (from + to) / 2)
  return (
    <div className="flex flex-wrap gap-8">
      <ReportSection title="Errors: true minus predicted">
        <p className="text-xs text-ink-soft">
          {amountText(mean)} on average, with a deviation of {amountText(deviation)}.
        </p>
        <div className="w-120 max-w-full">
          <CurveChart
            title="Errors along the predictions"
            x="prediction"
            y="error"
            curves={[
              { name: 'highest tenth from', x: middles, y: byPrediction.map(({ high }) => high) },
              { name: 'median', x: middles, y: byPrediction.map(({ median }) => median) },
              { name: 'lowest tenth up to', x: middles, y: byPrediction.map(({ low }) => low) },
            ]}
          />
        </div>
      </ReportSection>
      <ReportSection title="Rows missed by most">
        <FactTable
          label="Rows missed by most"
          columns={[
            { title: 'Row', isNumber: true },
            { title: 'True', isNumber: true },
            { title: 'Predicted', isNumber: true },
            { title: 'Error', isNumber: true },
          ]}
          rows={largest.map(({ row, actual, predicted, residual }) => [
            formatCount(row + 1),
            amountText(actual),
            amountText(predicted),
            amountText(residual),
          ])}
        />
      </ReportSection>
    </div>
  )
}
