import { Ellipsis, Pencil, ShieldCheck, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useClient } from '../api/client.ts'
import { useQuery } from '../api/use-query.ts'
import { useAppStore } from '../state/store.ts'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { Menu } from '../ui/menu.tsx'
import { Tabs } from '../ui/tabs.tsx'
import { CopyButton } from './copy-button.tsx'
import { DeploymentHistory } from './deployment-history.tsx'
import { DeploymentSwitch } from './deployment-switch.tsx'
import { EndpointTryOut } from './endpoint-try-out.tsx'
import type { LiveDeployment } from './follow-deployments.ts'
import { LiveCharts } from './live-charts.tsx'
import { PredictionLog } from './prediction-log.tsx'
import { ServeDialog } from './serve-dialog.tsx'
import { stateWords } from './state-words.ts'
import { TrafficPanel } from './traffic-panel.tsx'
import { VersionMarks } from './version-marks.tsx'

type Part = 'live' | 'traffic' | 'try' | 'log' | 'history'
type Asked = 'change' | 'remove' | null

/** One endpoint: how it is now, what it serves, and what it was asked. */
export function DeploymentPage({ live }: { live: LiveDeployment }) {
  const { info, points, totals } = live
  const client = useClient()
  const [part, setPart] = useState<Part>('live')
  const [asked, setAsked] = useState<Asked>(null)
  const { name, state, address, grpcAddress, error, versions, revision, needsToken } = info
  const { data } = useQuery(`${name} ${revision} ${state === 'on'}`, (signal) =>
    client.deployments.show({ name }, { signal }),
  )
  const { word, tone } = stateWords[state]
  return (
    <div className="flex h-full min-h-0 flex-col">
      <header className="selectable flex flex-col gap-3 px-6 pt-5 pb-4">
        <div className="flex items-center gap-3">
          <h2 className="truncate text-lg font-semibold">{name}</h2>
          <Badge tone={tone}>{word}</Badge>
          <span className="flex-1" />
          <DeploymentSwitch info={info} />
          <PageMenu name={name} onAsk={setAsked} />
        </div>
        <div className="flex min-h-7 flex-wrap items-center gap-x-4 gap-y-1 text-ink-soft">
          {address ? (
            <span className="flex items-center gap-1">
              <code className="font-mono text-xs text-ink">{address}</code>
              <CopyButton label="Copy the address" text={address} />
            </span>
          ) : (
            <span>{addressRemark(info)}</span>
          )}
          {grpcAddress && <span>gRPC at {grpcAddress}</span>}
          {needsToken && <span>Callers need the token.</span>}
          {info.isTied && <span>It ends with the command that started it.</span>}
        </div>
        {error && (
          <p role="status" className="rounded-md bg-bad-soft px-3 py-2 text-bad">
            {error.message} {error.remedy}
          </p>
        )}
        <VersionMarks name={name} versions={versions} told={error?.message ?? null} />
      </header>
      <div className="min-h-0 flex-1">
        <Tabs
          label="About the endpoint"
          active={part}
          onActivate={setPart}
          tabs={[
            {
              id: 'live',
              title: 'Live',
              content: (
                <LiveCharts
                  points={withEarlier(data?.points, points)}
                  totals={totals}
                  isOn={info.isOn && info.state !== 'failed'}
                />
              ),
            },
            { id: 'traffic', title: 'Versions', content: <TrafficPanel info={info} /> },
            {
              id: 'try',
              title: 'Try it',
              content: <EndpointTryOut info={info} inputs={data?.inputs ?? null} />,
            },
            { id: 'log', title: 'Log', content: <PredictionLog name={name} inputs={data?.inputs ?? null} /> },
            {
              id: 'history',
              title: 'History',
              content: <DeploymentHistory changes={data?.history ?? []} />,
            },
          ]}
        />
      </div>
      {asked === 'change' && (
        <ServeDialog current={info} onClose={() => setAsked(null)} onDone={() => setAsked(null)} />
      )}
      {asked === 'remove' && <RemoveQuestion name={name} onClose={() => setAsked(null)} />}
    </div>
  )
}

function addressRemark({ isOn, state, port }: LiveDeployment['info']): string {
  if (!isOn) return `Switch it on to get an address${port === null ? '' : ` (port ${port})`}.`
  return state === 'failed' ? 'It has no address, as it could not start.' : 'It gets its address in a moment.'
}

/** What was seen before the view was opened, then what it saw itself. */
function withEarlier<Point extends { at: number }>(
  earlier: readonly Point[] | undefined,
  points: readonly Point[],
): readonly Point[] {
  const from = points[0]?.at ?? Number.POSITIVE_INFINITY
  return [...(earlier ?? []).filter(({ at }) => at < from), ...points]
}

function PageMenu({ name, onAsk }: { name: string; onAsk: (asked: Asked) => void }) {
  const client = useClient()
  const store = useAppStore()
  const verify = async (): Promise<void> => {
    try {
      await client.deployments.verify({ name })
    } catch (error) {
      store.getState().tellError(error)
    }
  }
  return (
    <Menu
      items={[
        { title: 'Change…', icon: <Pencil size={14} />, onSelect: () => onAsk('change') },
        { title: 'Compare answers again', icon: <ShieldCheck size={14} />, onSelect: () => void verify() },
        {
          title: 'Remove…',
          icon: <Trash2 size={14} />,
          tone: 'bad',
          startsGroup: true,
          onSelect: () => onAsk('remove'),
        },
      ]}
    >
      <IconButton label={`More about ${name}`}>
        <Ellipsis size={16} />
      </IconButton>
    </Menu>
  )
}

function RemoveQuestion({ name, onClose }: { name: string; onClose: () => void }) {
  const client = useClient()
  const store = useAppStore()
  const remove = async (): Promise<void> => {
    onClose()
    try {
      await client.deployments.remove({ name })
    } catch (error) {
      store.getState().tellError(error)
    }
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Remove “${name}”?`}
      description="Its log of predictions and feedback goes with it. The models stay in the registry."
      actions={
        <>
          <Button onClick={onClose}>Keep it</Button>
          <Button tone="bad" onClick={() => void remove()}>
            Remove
          </Button>
        </>
      }
    />
  )
}
