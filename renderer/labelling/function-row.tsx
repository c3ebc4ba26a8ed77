import { Trash2 } from 'lucide-react'
import type { FunctionStatistics } from '../../src/contract/labelling-contract.ts'
import type { LabellingFunction } from '../../src/core/labelling-function.ts'
import { LabelledField } from '../serving/labelled-field.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { Select } from '../ui/select.tsx'
import { TextField } from '../ui/text-field.tsx'
import { percentText } from './percent-text.ts'

interface FunctionRowProps {
  value: LabellingFunction
  classes: readonly string[]
  statistics: FunctionStatistics | null
  onChange: (value: LabellingFunction) => void
  onRemove: () => void
}

/** Stands for no label: values of selects must not be empty. */
const ownText = '\0text'

/** One function, and what it does among the others. */
export function FunctionRow({ value, classes, statistics, onChange, onRemove }: FunctionRowProps) {
  const { name, expression, label } = value
  return (
    <div
      role="group"
      aria-label={name}
      className="flex flex-col gap-2 rounded-md border border-line bg-surface p-3"
    >
      <div className="flex items-start gap-2">
        <div className="w-44 shrink-0">
          <LabelledField label="Name">
            {({ id }) => (
              <TextField
                id={id}
                value={name}
                onChange={({ target }) => onChange({ ...value, name: target.value })}
              />
            )}
          </LabelledField>
        </div>
        <LabelledField label="Votes where" problem={statistics?.problem ?? undefined}>
          {({ id, describedBy }) => (
            <TextField
              id={id}
              aria-describedby={describedBy}
              className="font-mono"
              value={expression}
              invalid={statistics?.problem !== null && statistics !== null}
              placeholder="tenure < 6 and Contract = 'Month-to-month'"
              onChange={({ target }) => onChange({ ...value, expression: target.value })}
            />
          )}
        </LabelledField>
        <div className="w-48 shrink-0">
          <LabelledField label="For">
            {({ id }) => (
              <Select
                id={id}
                value={label ?? ownText}
                options={[
                  ...classes.map((each) => ({ value: each, title: each })),
                  { value: ownText, title: 'the text that it gives' },
                ]}
                onChange={(next) => onChange({ ...value, label: next === ownText ? null : next })}
              />
            )}
          </LabelledField>
        </div>
        <div className="pt-5">
          <IconButton label={`Remove ${name}`} onClick={onRemove}>
            <Trash2 size={14} />
          </IconButton>
        </div>
      </div>
      {statistics && statistics.problem === null && <Statistics of={statistics} />}
    </div>
  )
}

function Statistics({ of: { coverage, overlap, conflict, accuracy, known } }: { of: FunctionStatistics }) {
  const figures = [
    ['Votes on', percentText(coverage)],
    ['Overlaps', percentText(overlap)],
    ['Conflicts', percentText(conflict)],
    ['Right, estimated', accuracy === null ? '–' : percentText(accuracy)],
    ['Right, where known', known.votes === 0 ? '–' : `${known.right} of ${known.votes}`],
  ] as const
  return (
    <dl className="flex flex-wrap gap-x-6 gap-y-1 text-xs tabular">
      {figures.map(([title, text]) => (
        <div key={title} className="flex gap-1.5">
          <dt className="text-ink-faint">{title}</dt>
          <dd className="font-medium">{text}</dd>
        </div>
      ))}
    </dl>
  )
}
