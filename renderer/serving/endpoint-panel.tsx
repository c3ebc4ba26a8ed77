import { useAppStore } from '../state/store.ts'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { CopyButton } from './copy-button.tsx'
import { DeploymentSwitch } from './deployment-switch.tsx'
import { useDeployments } from './follow-deployments.ts'
import { rateText } from './rate-text.ts'
import { stateWords } from './state-words.ts'

interface EndpointPanelProps {
  pipelineId: string
  node: string
}

/** How the endpoint that a node makes is at the moment, with its switch. */
export function EndpointPanel({ pipelineId, node }: EndpointPanelProps) {
  const store = useAppStore()
  const { byName } = useDeployments()
  if (!byName) return null
  const live = [...byName.values()].find(
    ({ info: { madeBy } }) => madeBy?.pipelineId === pipelineId && madeBy.node === node,
  )
  if (!live) {
    return (
      <p className="border-b border-line px-3 py-2 text-xs text-ink-soft">
        Run this step to make the endpoint; then it is switched on and off here.
      </p>
    )
  }
  const { info, points } = live
  const { word, tone } = stateWords[info.state]
  const newest = points.at(-1)
  return (
    <section
      aria-label={`Endpoint ${info.name}`}
      className="flex flex-col gap-1.5 border-b border-line px-3 py-2.5"
    >
      <div className="flex items-center gap-2">
        <DeploymentSwitch info={info} />
        <Badge tone={tone}>{word}</Badge>
        {newest && info.isOn && (
          <span className="text-xs text-ink-soft tabular">
            {rateText(newest.requestsPerSecond)} requests/s
          </span>
        )}
        <span className="flex-1" />
        <Button tone="quiet" onClick={() => store.getState().show('serving')}>
          Look closely
        </Button>
      </div>
      {info.address && (
        <span className="selectable flex items-center gap-1">
          <code className="truncate font-mono text-xs">{info.address}</code>
          <CopyButton label="Copy the address" text={info.address} />
        </span>
      )}
      {info.error && <p className="text-xs text-bad">{info.error.message}</p>}
    </section>
  )
}
