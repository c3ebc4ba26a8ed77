import type { z } from 'zod'
import { formatCount } from '../../ui/format-amount.ts'
import { amountText, metricTitle } from '../format-amounts.ts'
import { ConfusionMatrix } from './confusion-matrix.tsx'
import { CurveChart } from './curve-chart.tsx'
import type { thresholdSchema } from './report-contents.ts'
import { FactTable, ReportSection } from './report-parts.tsx'

const compared = ['f1', 'accuracy', 'balanced_accuracy', 'precision', 'recall'] as const

/** Which threshold was chosen, and what it changed on the validation rows. */
export function ThresholdReport({ content }: { content: z.infer<typeof thresholdSchema> }) {
  const { threshold, rows, outcome, before, curve } = content
  return (
    <div className="flex flex-col gap-5">
      <p>
        The answer is positive from a probability of{' '}
        <strong className="tabular">{amountText(threshold)}</strong>
        {rows > 0
          ? `, measured on ${formatCount(rows)} validation rows.`
          : '; there were no validation rows.'}
      </p>
      {outcome && before && (
        <FactTable
          label="Metrics at the threshold before and at the chosen one"
          columns={[
            { title: 'Metric' },
            { title: `At ${amountText(before.threshold)}`, isNumber: true },
            { title: `At ${amountText(threshold)}`, isNumber: true },
          ]}
          rows={compared.map((metric) => [
            metricTitle(metric),
            amountText(before[metric]),
            <strong key={metric}>{amountText(outcome[metric])}</strong>,
          ])}
        />
      )}
      <div className="flex flex-wrap gap-8">
        {curve && (
          <CurveChart
            title="Precision and recall"
            x="recall"
            y="precision"
            curves={[{ name: 'validation rows', x: curve.recall, y: curve.precision }]}
            isShare
            {...(outcome && { marks: [[outcome.recall, outcome.precision]] })}
          />
        )}
        {outcome && (
          <ReportSection title="Confusion matrix">
            <ConfusionMatrix
              classes={['others', 'positive']}
              confusion={[
                [outcome.trueNegatives, outcome.falsePositives],
                [outcome.falseNegatives, outcome.truePositives],
              ]}
            />
          </ReportSection>
        )}
      </div>
    </div>
  )
}
