import { Send } from 'lucide-react'
import { useState } from 'react'
import type { DeploymentInfo, DeploymentInputs } from '../../src/contract/deployment-info.ts'
import type { TriedRow } from '../../src/contract/deployments-contract.ts'
import type { RawValue } from '../../src/contract/model-details.ts'
import { useClient } from '../api/client.ts'
import { AnswerView } from '../results/model/answer-view.tsx'
import { RawInputField } from '../results/model/raw-input-field.tsx'
import { useAppStore } from '../state/store.ts'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { EndpointSnippets } from './endpoint-snippets.tsx'

interface EndpointTryOutProps {
  info: DeploymentInfo
  inputs: DeploymentInputs | null
}

/** Asks the live endpoint as any other program does, and shows how such a program would ask. */
export function EndpointTryOut({ info, inputs }: EndpointTryOutProps) {
  if (!inputs) {
    return (
      <EmptyState title="What it wants to be asked is not known">
        The model is not in the workspace: run the pipeline that made it again.
      </EmptyState>
    )
  }
  return <TryOut key={info.revision} info={info} inputs={inputs} />
}

function TryOut({
  info,
  inputs: { inputs, example, target },
}: {
  info: DeploymentInfo
  inputs: DeploymentInputs
}) {
  const client = useClient()
  const store = useAppStore()
  const [texts, setTexts] = useState<Readonly<Record<string, string>>>(() =>
    Object.fromEntries(inputs.map(({ name }) => [name, textOf(example[name])])),
  )
  const [tried, setTried] = useState<TriedRow | null>(null)
  const [isAsking, setAsking] = useState(false)
  const row = Object.fromEntries(
    inputs.map(({ name }): [string, RawValue] => [name, texts[name] === '' ? null : (texts[name] ?? null)]),
  )
  const ask = async (): Promise<void> => {
    setAsking(true)
    try {
      setTried(await client.deployments.tryIt({ name: info.name, row }))
    } catch (error) {
      store.getState().tellError(error)
    } finally {
      setAsking(false)
    }
  }
  const problems = tried?.outcome === 'refused' ? tried.problems : []
  return (
    <div className="flex flex-col gap-8 p-6">
      <div className="flex flex-wrap items-start gap-8">
        <form
          aria-label="A row to ask with"
          className="flex min-w-72 flex-2 flex-col gap-4"
          onSubmit={(event) => {
            event.preventDefault()
            void ask()
          }}
        >
          <div className="grid grid-cols-[repeat(auto-fill,minmax(190px,1fr))] gap-x-4 gap-y-3">
            {inputs.map(({ name, type }) => (
              <RawInputField
                key={name}
                name={name}
                type={type}
                value={texts[name] ?? ''}
                usual={[]}
                isUnseen={false}
                problem={problems.find(({ field }) => field === name)?.message ?? null}
                onChange={(text) => setTexts((all) => ({ ...all, [name]: text }))}
              />
            ))}
          </div>
          <div className="flex items-center gap-3">
            <Button tone="accent" type="submit" icon={<Send size={14} />} disabled={!info.isOn || isAsking}>
              Ask the endpoint
            </Button>
            {!info.isOn && <span className="text-ink-soft">It is off: switch it on first.</span>}
          </div>
        </form>
        <div
          aria-live="polite"
          className="selectable sticky top-4 flex w-72 flex-col gap-3 rounded-lg border border-line bg-raised p-4"
        >
          <Tried tried={tried} target={target} />
        </div>
      </div>
      <EndpointSnippets info={info} row={row} />
    </div>
  )
}

function Tried({ tried, target }: { tried: TriedRow | null; target: DeploymentInputs['target'] }) {
  if (!tried) return <p className="text-ink-faint">The answer comes here. It is logged like any other.</p>
  if (tried.outcome === 'refused') {
    return (
      <>
        <p className="text-bad">{tried.message}</p>
        <p className="text-2xs text-ink-faint">Status {tried.status}</p>
      </>
    )
  }
  const { positive } = target
  return (
    <>
      <AnswerView answer={tried} target={{ name: target.name, ...(positive !== null && { positive }) }} />
      {tried.isFallback && <Badge tone="warn">fallback</Badge>}
      <dl className="flex flex-col gap-1 text-2xs text-ink-faint">
        <div>
          <dt className="inline">Version </dt>
          <dd className="inline">
            {tried.model}, {tried.version}
          </dd>
        </div>
        <div>
          <dt className="inline">Prediction </dt>
          <dd className="inline break-all">{tried.predictionId}</dd>
        </div>
      </dl>
    </>
  )
}

const textOf = (value: RawValue | undefined): string =>
  value === null || value === undefined ? '' : String(value)
