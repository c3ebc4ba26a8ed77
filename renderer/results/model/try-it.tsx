import { RotateCcw } from 'lucide-react'
import { useDeferredValue, useState } from 'react'
import { Controller, useForm, useWatch } from 'react-hook-form'
import type { ModelAnswer, ModelChoice, RawValue } from '../../../src/contract/model-details.ts'
import type { ModelData, Signature } from '../../../src/core/artifacts.ts'
import type { ColumnSketch } from '../../../src/core/sketch-schema.ts'
import { useClient } from '../../api/client.ts'
import { useQuery } from '../../api/use-query.ts'
import { Button } from '../../ui/button.tsx'
import { DataMessage } from '../data/data-message.tsx'
import { AnswerView } from './answer-view.tsx'
import { RawInputField } from './raw-input-field.tsx'
import { isUnseen, startText, usualValues } from './usual-values.ts'
import { WhyAnswer } from './why-answer.tsx'

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
              <RawInputField
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
      <WhyAnswer choice={choice} row={row} classes={target.classes ?? []} />
    </div>
  )
}

function Answer({
  answer,
  ...about
}: Pick<TryItProps, 'target' | 'threshold'> & { answer: ModelAnswer | null }) {
  if (!answer) return <p className="text-ink-faint">Asking the model …</p>
  if (answer.outcome === 'answered') return <AnswerView answer={answer} {...about} />
  return <p className="text-ink-soft">The model cannot read this row yet: see the fields that are marked.</p>
}
