import { CircleHelp } from 'lucide-react'
import { useState } from 'react'
import type { ModelChoice, RawValue } from '../../../src/contract/model-details.ts'
import type { ModelExplanation } from '../../../src/contract/model-explanation.ts'
import { useClient } from '../../api/client.ts'
import { useQuery } from '../../api/use-query.ts'
import { Button } from '../../ui/button.tsx'
import { Select } from '../../ui/select.tsx'
import { Spinner } from '../../ui/spinner.tsx'
import { DataMessage } from '../data/data-message.tsx'
import { methodWords, scaleWords, valueWords } from '../reports/explanation-words.ts'
import { Waterfall } from '../reports/waterfall.tsx'

interface WhyAnswerProps {
  choice: ModelChoice
  row: Readonly<Record<string, RawValue>>
  /** Of a classifier. */
  classes: readonly string[]
}

/** What each column of a typed row adds to its answer, when somebody wants to know. */
export function WhyAnswer({ choice, row, classes }: WhyAnswerProps) {
  const [isOpen, setOpen] = useState(false)
  const [wanted, setWanted] = useState<string | null>(null)
  const client = useClient()
  const asked = { model: choice, row, ...(wanted !== null && { class: wanted }) }
  const { data, error } = useQuery(isOpen ? JSON.stringify(asked) : null, (signal) =>
    client.models.explain(asked, { signal }),
  )
  return (
    <section className="flex basis-full flex-col gap-3">
      <Button
        tone="quiet"
        icon={<CircleHelp size={14} />}
        aria-expanded={isOpen}
        className="-ml-2 self-start"
        onClick={() => setOpen(!isOpen)}
      >
        Why this answer?
      </Button>
      {isOpen && error && <DataMessage error={error} />}
      {isOpen && !error && !data && <Spinner label="Taking the answer apart" />}
      {isOpen && !error && data?.outcome === 'refused' && (
        <p className="text-ink-soft">The model cannot read this row yet.</p>
      )}
      {isOpen && !error && data?.outcome === 'explained' && (
        <Explained explanation={data} classes={classes} onClass={setWanted} />
      )}
    </section>
  )
}

interface ExplainedProps {
  explanation: ModelExplanation & { outcome: 'explained' }
  classes: readonly string[]
  onClass: (name: string) => void
}

function Explained({ explanation, classes, onClass }: ExplainedProps) {
  const { method, scale, class: own, base, contributions, mixed } = explanation
  return (
    <>
      <p className="max-w-prose text-ink-soft">
        Told {methodWords(method)}, on the scale of {scaleWords(scale)}.{' '}
        {method !== 'sampled-shapley' && 'Calibration, threshold and rules come after that. '}
        {mixed.map((names) => `${names.join(', ')} are seen mixed, and share evenly what they add. `)}
      </p>
      {own !== null && (
        <Select
          label="Class that is explained"
          className="max-w-64"
          value={own}
          options={classes.map((name) => ({ value: name, title: name }))}
          onChange={onClass}
        />
      )}
      <Waterfall
        label="What each column adds to the answer"
        base={base}
        steps={contributions.map(({ column, value, contribution, error }) => ({
          name: column,
          value: valueWords(value),
          amount: contribution,
          error: error ?? undefined,
        }))}
      />
    </>
  )
}
