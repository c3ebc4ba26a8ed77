import { RotateCcw } from 'lucide-react'
import { useDeferredValue, useId, useState } from 'react'
import { Controller, useForm, useWatch } from 'react-hook-form'
import type { ModelAnswer, ModelChoice, RawValue } from '../../../src/contract/model-details.ts'
import type { ModelData, Signature } from '../../../src/core/artifacts.ts'
import type { ColumnSketch } from '../../../src/core/sketch-schema.ts'
import { useClient } from '../../api/client.ts'
import { useQuery } from '../../api/use-query.ts'
import { Button } from '../../ui/button.tsx'
import { formatDuration } from '../../ui/format-amount.ts'
import { TextField } from '../../ui/text-field.tsx'
import { ColumnTypeIcon } from '../column-type-icon.tsx'
import { DataMessage } from '../data/data-message.tsx'
import { amountText, shareText } from '../format-amounts.ts'
import { isUnseen, startText, usualValues } from './usual-values.ts'

interface TryItProps {
  choice: ModelChoice
  signature: Signature
  sketches: Readonly<Record<string, ColumnSketch>>
  target: ModelData['target']
  /** From which probability on the answer is the positive class; undefined where the most probable class is. */
  threshold: number | undefined
}

/** As typed, in the order of the inputs: their names may hold dots, which a form takes for paths. */
interface Typed {
  values: { text: string }[]
}

/** A row is typed in as a file would have it; the model answers with every key. */
export function TryIt({ choice, signature: { inputs }, sketches, target, threshold }: TryItProps) {
  const [start] = useState<Typed>(() => ({
    values: inputs.map(({ name }) => ({ text: startText(sketches[name]) })),
  }))
  const { control, reset } = useForm<Typed>({ defaultValues: start })
  const { values } = useWatch({ control }) as Typed
  const typed = useDeferredValue(values)
  const row = Object.fromEntries(
    inputs.map(({ name }, index): [string, RawValue] => [
      name,
      typed[index]?.text === '' ? null : (typed[index]?.text ?? null),
    ]),
  )
  const client = useClient()
  const { data, error } = useQuery(JSON.stringify([choice, row]), (signal) =>
    client.models.answer({ model: choice, row }, { signal }),
  )
  const problems = data?.outcome === 'refused' ? data.problems : []
  return (
    <div className="flex flex-wrap items-start gap-8">
      <form
        aria-label="A row to answer for"
        className="grid min-w-72 flex-2 grid-cols-[repeat(auto-fill,minmax(190px,1fr))] gap-x-4 gap-y-3"
        onSubmit={(event) => event.preventDefault()}
      >
        {inputs.map(({ name, type }, index) => (
          <Controller
            key={name}
            control={control}
            name={`values.${index}.text`}
            render={({ field }) => (
              <InputField
                name={name}
                type={type}
                value={field.value}
                onChange={field.onChange}
                usual={usualValues(sketches[name])}
                problem={problems.find(({ input }) => input === name)?.message ?? null}
                isUnseen={isUnseen(sketches[name], field.value)}
              />
            )}
          />
        ))}
      </form>
      <div
        className="sticky top-4 flex w-72 flex-col gap-3 rounded-lg border border-line bg-raised p-4"
        aria-live="polite"
      >
        {error ? (
          <DataMessage error={error} />
        ) : (
          <Answer answer={data} target={target} threshold={threshold} />
        )}
        <Button
          tone="quiet"
          icon={<RotateCcw size={14} />}
          className="-ml-2 self-start"
          onClick={() => reset(start)}
        >
          Usual values
        </Button>
      </div>
    </div>
  )
}

interface InputFieldProps {
  name: string
  type: Signature['inputs'][number]['type']
  value: string
  onChange: (value: string) => void
  usual: readonly string[]
  problem: string | null
  isUnseen: boolean
}

function InputField({ name, type, value, onChange, usual, problem, isUnseen: isNew }: InputFieldProps) {
  const id = useId()
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <label htmlFor={id} className="flex items-center gap-1.5 text-xs text-ink-soft">
        <ColumnTypeIcon type={type} />
        <span className="truncate">{name}</span>
      </label>
      <TextField
        id={id}
        list={`${id}-usual`}
        value={value}
        placeholder="missing"
        invalid={problem !== null}
        aria-describedby={problem === null && !isNew ? undefined : `${id}-remark`}
        onChange={(event) => onChange(event.target.value)}
      />
      <datalist id={`${id}-usual`}>
        {usual.map((each) => (
          <option key={each} value={each} />
        ))}
      </datalist>
      {problem !== null && (
        <p id={`${id}-remark`} className="text-xs text-bad">
          {problem}
        </p>
      )}
      {problem === null && isNew && (
        <p id={`${id}-remark`} className="text-xs text-warn">
          Not among the values seen in training.
        </p>
      )}
    </div>
  )
}

interface AnswerProps extends Pick<TryItProps, 'target' | 'threshold'> {
  answer: ModelAnswer | null
}

function Answer({ answer, target, threshold }: AnswerProps) {
  if (!answer) return <p className="text-ink-faint">Asking the model …</p>
  if (answer.outcome === 'refused')
    return (
      <p className="text-ink-soft">The model cannot read this row yet: see the fields that are marked.</p>
    )
  const { probabilities, durationMs } = answer
  return (
    <>
      <div>
        <p className="text-xs text-ink-faint">{target.name}</p>
        <p className="text-xl font-semibold tabular">{answerText(answer.answer)}</p>
      </div>
      {probabilities && (
        <ul className="flex flex-col gap-1.5 text-xs">
          {probabilities
            .toSorted((a, b) => b.probability - a.probability)
            .slice(0, 8)
            .map(({ class: name, probability }) => (
              <li key={name} className="flex flex-col gap-0.5">
                <span className="flex justify-between gap-2">
                  <span className="truncate">{name}</span>
                  <span className="tabular">{shareText(probability)}</span>
                </span>
                <Probability
                  share={probability}
                  threshold={name === target.positive ? threshold : undefined}
                />
              </li>
            ))}
        </ul>
      )}
      {threshold !== undefined && probabilities && (
        <p className="text-xs text-ink-soft tabular">
          “{target.positive}” from {shareText(threshold)}, the mark on its bar.
        </p>
      )}
      <p className="text-2xs text-ink-faint tabular">Answered in {formatDuration(Math.max(1, durationMs))}</p>
    </>
  )
}

function Probability({ share, threshold }: { share: number; threshold: number | undefined }) {
  return (
    <span className="relative h-1.5 rounded-full bg-pressed" aria-hidden>
      <span className="block h-full rounded-full bg-accent" style={{ width: `${share * 100}%` }} />
      {threshold !== undefined && (
        <span
          data-threshold={threshold}
          className="absolute -top-0.5 h-2.5 w-0.5 -translate-x-1/2 bg-ink"
          style={{ left: `${threshold * 100}%` }}
        />
      )}
    </span>
  )
}

function answerText(answer: string | number | null): string {
  if (answer === null) return 'no number'
  return typeof answer === 'number' ? amountText(answer) : answer
}
