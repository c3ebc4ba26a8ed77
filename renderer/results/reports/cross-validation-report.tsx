import type { z } from 'zod'
import { formatCount } from '../../ui/format-amount.ts'
import { amountText, metricTitle } from '../format-amounts.ts'
import { ConfusionMatrix } from './confusion-matrix.tsx'
import type { crossValidationSchema } from './report-contents.ts'
import { FactTable, ReportSection } from './report-parts.tsx'

/** How good a learner is on rows held out in turn, and how far its folds lie apart. */
export function CrossValidationReport({ content }: { content: z.infer<typeof crossValidationSchema> }) {
  const { folds, summary, outOfFold, target, method } = content
  const names = Object.keys(summary)
  const { confusion, classes, errors } = outOfFold
  return (
    <div className="flex flex-col gap-5">
      <p className="text-ink-soft">
        {folds.length} folds of “{target}”, dealt {method === 'order' ? 'in order' : method}.
      </p>
      <ReportSection title="Over all folds">
        <FactTable
          label="Metrics over all folds"
          columns={[
            { title: 'Metric' },
            { title: 'Mean', isNumber: true },
            { title: 'Deviation', isNumber: true },
            { title: 'Lowest', isNumber: true },
            { title: 'Highest', isNumber: true },
            { title: 'Spread' },
          ]}
          rows={names.map((name) => {
            const { mean, sd, lowest, highest } = summary[name]!
            return [
              metricTitle(name),
              <strong key="mean">{amountText(mean)}</strong>,
              sd === null ? '–' : `± ${amountText(sd)}`,
              amountText(lowest),
              amountText(highest),
              <Spread
                key="spread"
                values={folds.flatMap(({ metrics }) => metrics[name]?.value ?? [])}
                name={name}
              />,
            ]
          })}
        />
      </ReportSection>
      <ReportSection title="Each fold">
        <FactTable
          label="Metrics of each fold"
          columns={[
            { title: 'Fold' },
            { title: 'Train rows', isNumber: true },
            { title: 'Held out', isNumber: true },
            ...names.map((name) => ({ title: metricTitle(name), isNumber: true })),
          ]}
          rows={folds.map(({ fold, rows, metrics }) => {
            const values = names.map((name) => metrics[name]?.value ?? null)
            const facts = [fold, formatCount(rows.train), formatCount(rows.heldOut)]
            return facts.concat(values.map((value) => (value === null ? '–' : amountText(value))))
          })}
        />
      </ReportSection>
      {confusion && (
        <ReportSection title="Held-out answers of all folds">
          <ConfusionMatrix
            classes={Array.isArray(classes) ? classes : confusion.map((_, code) => String(code))}
            confusion={confusion}
          />
        </ReportSection>
      )}
      {errors && (
        <ReportSection title="Errors: predicted minus true">
          <FactTable
            label="Quantiles of the errors"
            columns={Object.keys(errors).map((name) => ({ title: errorTitle(name), isNumber: true }))}
            rows={[Object.values(errors).map(amountText)]}
          />
        </ReportSection>
      )}
    </div>
  )
}

/** A dot for each fold between the lowest and the highest. */
function Spread({ values, name }: { values: readonly number[]; name: string }) {
  const [lowest, highest] = [Math.min(...values), Math.max(...values)]
  const width = highest - lowest || 1
  return (
    <svg width="120" height="12" role="img" aria-label={`${metricTitle(name)} of each fold`}>
      <line x1="4" x2="116" y1="6" y2="6" className="stroke-line-strong" />
      {values.map((value, index) => (
        <circle
          key={index}
          cx={4 + ((value - lowest) / width) * 112}
          cy="6"
          r="3"
          className="fill-accent/70"
        />
      ))}
    </svg>
  )
}

const errorTitle = (name: string): string => {
  const share = /^q(\d\d)$/.exec(name)?.[1]
  return share === undefined ? metricTitle(name) : `${Number(share)} %`
}
