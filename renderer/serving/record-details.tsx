import { useId, useState } from 'react'
import type { DeploymentInputs } from '../../src/contract/deployment-info.ts'
import type { LoggedPrediction } from '../../src/contract/prediction-log-contract.ts'
import { useClient } from '../api/client.ts'
import { useAppStore } from '../state/store.ts'
import { Button } from '../ui/button.tsx'
import { TextField } from '../ui/text-field.tsx'
import { CopyButton } from './copy-button.tsx'

interface RecordDetailsProps {
  name: string
  record: LoggedPrediction
  inputs: DeploymentInputs | null
}

/** One prediction closely, and what was the truth about it. */
export function RecordDetails({ name, record, inputs }: RecordDetailsProps) {
  const { predictionId, requestId, traceId, inputs: values } = record
  return (
    <div className="flex flex-col gap-3">
      <dl className="grid grid-cols-[repeat(auto-fill,minmax(11rem,1fr))] gap-x-4 gap-y-1">
        {Object.entries(values).map(([column, value]) => (
          <div key={column} className="flex min-w-0 gap-2">
            <dt className="shrink-0 text-ink-faint">{column}</dt>
            <dd className="truncate font-medium">{value === null ? 'missing' : String(value)}</dd>
          </div>
        ))}
      </dl>
      <p className="flex flex-wrap items-center gap-x-4 text-ink-faint">
        <span className="flex items-center gap-1">
          Prediction {predictionId}
          <CopyButton label="Copy the id" text={predictionId} />
        </span>
        <span>Request {requestId}</span>
        {traceId && <span>Trace {traceId}</span>}
      </p>
      <Truth name={name} record={record} inputs={inputs} />
    </div>
  )
}

function Truth({ name, record, inputs }: RecordDetailsProps) {
  const client = useClient()
  const store = useAppStore()
  const id = useId()
  const [typed, setTyped] = useState('')
  const classes = inputs?.target.classes ?? null
  const say = async (label: string | number): Promise<void> => {
    try {
      const { refused } = await client.deployments.feedback({
        name,
        entries: [{ predictionId: record.predictionId, label, source: 'app' }],
      })
      if (refused[0]) throw new Error(refused[0].message)
      store.getState().tell({ tone: 'good', message: 'Kept as feedback.' })
    } catch (error) {
      store.getState().tellError(error)
    }
  }
  return (
    <div className="flex flex-wrap items-center gap-2">
      <label htmlFor={classes ? undefined : id} className="text-ink-soft">
        What it really was:
      </label>
      {classes ? (
        classes.map((each) => (
          <Button key={each} onClick={() => void say(each)}>
            {each}
          </Button>
        ))
      ) : (
        <form
          className="flex gap-2"
          onSubmit={(event) => {
            event.preventDefault()
            void say(Number(typed))
          }}
        >
          <TextField
            id={id}
            inputMode="decimal"
            className="w-32"
            value={typed}
            invalid={typed !== '' && !Number.isFinite(Number(typed))}
            onChange={({ target }) => setTyped(target.value)}
          />
          <Button type="submit" disabled={typed.trim() === '' || !Number.isFinite(Number(typed))}>
            Keep
          </Button>
        </form>
      )}
      {record.feedback?.comment && <span className="text-ink-soft">{record.feedback.comment}</span>}
    </div>
  )
}
