import { useState } from 'react'
import type { Environment, ModelEnvironments, Promotion } from '../../src/contract/model-environments.ts'
import { useClient } from '../api/client.ts'
import { useQuery } from '../api/use-query.ts'
import { momentText } from '../results/format-amounts.ts'
import { FactTable } from '../results/reports/report-parts.tsx'
import { useAppStore } from '../state/store.ts'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { Spinner } from '../ui/spinner.tsx'
import { TextField } from '../ui/text-field.tsx'

interface ModelEnvironmentsProps {
  model: string
  /** The version that is looked at: it can be put forward. */
  version: number
  round: number
  onChanged: () => void
}

/** Where versions of a model are used, who put them there, and what waits for a second word. */
export function ModelEnvironmentsPanel({ model, version, round, onChanged }: ModelEnvironmentsProps) {
  const client = useClient()
  const store = useAppStore()
  const { data, error } = useQuery(`${model} ${round}`, (signal) =>
    client.models.environments({ model }, { signal }),
  )
  if (error) return <EmptyState title={error.message}>{error.remedy}</EmptyState>
  if (!data) return <Spinner label="Reading the environments" />
  const change = async (work: () => Promise<unknown>): Promise<void> => {
    try {
      await work()
      onChanged()
    } catch (problem) {
      store.getState().tellError(problem)
    }
  }
  return (
    <div className="flex flex-col gap-5">
      <ul aria-label="Environments" className="flex flex-col gap-3">
        {data.environments.map((each) => (
          <li
            key={each.environment}
            className="flex flex-col gap-2 rounded-md border border-line bg-surface px-4 py-3"
          >
            <EnvironmentState
              state={each}
              version={version}
              onPromote={(note) =>
                void change(() =>
                  client.models.promote({
                    reference: `${model}:${version}`,
                    environment: each.environment,
                    note,
                  }),
                )
              }
              onDecide={(decision, note) =>
                void change(() =>
                  client.models[decision]({
                    model,
                    version: each.waiting?.version ?? null,
                    environment: each.environment,
                    note,
                  }),
                )
              }
            />
          </li>
        ))}
      </ul>
      {data.history.length > 0 && <History history={data.history} />}
    </div>
  )
}

interface EnvironmentStateProps {
  state: ModelEnvironments['environments'][number]
  version: number
  onPromote: (note: string) => void
  onDecide: (decision: 'approve' | 'reject', note: string) => void
}

function EnvironmentState({ state, version, onPromote, onDecide }: EnvironmentStateProps) {
  const [note, setNote] = useState('')
  const { environment, waiting } = state
  const say = (then: (note: string) => void): void => {
    setNote('')
    then(note)
  }
  return (
    <>
      <div className="flex items-center gap-3">
        <h3 className="w-24 font-semibold">{titles[environment]}</h3>
        <span>{state.version === null ? 'no version yet' : `version ${state.version}`}</span>
        {waiting && (
          <Badge tone="warn">
            version {waiting.version} waits, put forward by {waiting.requestedBy}
          </Badge>
        )}
      </div>
      {waiting && waiting.requestNote !== '' && <p className="text-ink-soft">{waiting.requestNote}</p>}
      <div className="flex items-center gap-2">
        <TextField
          aria-label={`Note about ${environment}`}
          placeholder="Why, for those who come later"
          className="max-w-96"
          value={note}
          onChange={({ target }) => setNote(target.value)}
        />
        {waiting ? (
          <>
            <Button tone="accent" onClick={() => say((text) => onDecide('approve', text))}>
              Approve version {waiting.version}
            </Button>
            <Button onClick={() => say((text) => onDecide('reject', text))}>Reject</Button>
          </>
        ) : (
          <Button disabled={state.version === version} onClick={() => say(onPromote)}>
            {environment === 'production' ? 'Put forward' : 'Promote'} version {version}
          </Button>
        )}
      </div>
    </>
  )
}

const titles: Readonly<Record<Environment, string>> = { staging: 'Staging', production: 'Production' }

function History({ history }: { history: readonly Promotion[] }) {
  return (
    <FactTable
      label="Promotions, the newest first"
      columns={[
        { title: 'When' },
        { title: 'Where' },
        { title: 'Version', isNumber: true },
        { title: 'Put forward by' },
        { title: 'Outcome' },
        { title: 'Notes' },
      ]}
      rows={history.map((each) => [
        momentText(each.requestedAt),
        titles[each.environment],
        each.from === null ? `${each.version}` : `${each.from} → ${each.version}`,
        each.requestedBy,
        each.decidedBy === null ? each.state : `${each.state} by ${each.decidedBy}`,
        [each.requestNote, each.decisionNote].filter(Boolean).join(' · '),
      ])}
    />
  )
}
