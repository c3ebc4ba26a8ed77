import { useId, useState } from 'react'
import { amountText } from '../format-amounts.ts'
import { ConfusionMatrix } from './confusion-matrix.tsx'
import { ReportSection } from './report-parts.tsx'
import { outcomeAtThreshold, type RocPoints } from './threshold-outcome.ts'

interface ThresholdExplorerProps {
  roc: RocPoints
  confusion: readonly (readonly number[])[]
  classes: readonly string[]
  positive: string
  /** The model’s own. */
  threshold: number
}

/** What would come of another threshold; it changes nothing. */
export function ThresholdExplorer({ roc, confusion, classes, positive, threshold }: ThresholdExplorerProps) {
  const [tried, setTried] = useState(threshold)
  const id = useId()
  const code = classes.indexOf(positive)
  const sumOf = (row: readonly number[] | undefined): number =>
    (row ?? []).reduce((sum, count) => sum + count, 0)
  const positives = sumOf(confusion[code])
  const negatives = sumOf(confusion[1 - code])
  const outcome = outcomeAtThreshold(roc, { positives, negatives }, tried)
  const facts = [
    ['Precision', outcome.precision],
    ['Recall', outcome.recall],
    ['F1', outcome.f1],
    ['Accuracy', outcome.accuracy],
  ] as const
  return (
    <ReportSection title="Try another threshold">
      <div className="flex items-center gap-3">
        <label htmlFor={id} className="text-xs text-ink-soft">
          “{positive}” from a probability of
        </label>
        <output htmlFor={id} className="w-12 font-semibold tabular">
          {amountText(tried)}
        </output>
      </div>
      <input
        id={id}
        type="range"
        min={0}
        max={1}
        step={0.01}
        value={tried}
        onChange={(event) => setTried(event.target.valueAsNumber)}
        className="w-72 accent-accent"
      />
      <dl className="flex gap-5 text-xs">
        {facts.map(([title, value]) => (
          <div key={title}>
            <dt className="text-ink-faint">{title}</dt>
            <dd className="text-sm font-semibold tabular">{value === null ? '–' : amountText(value)}</dd>
          </div>
        ))}
      </dl>
      <ConfusionMatrix classes={[classes[1 - code] ?? 'others', positive]} confusion={outcome.confusion} />
      <p className="max-w-80 text-xs text-ink-faint">
        The model answers from {amountText(threshold)}. To change that, put “Choose threshold” behind it.
      </p>
    </ReportSection>
  )
}
