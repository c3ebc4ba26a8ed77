import { Bell, Mail, Monitor, Pencil, Plus, Send, Terminal, Trash2, Webhook } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import type { AlertChannelInfo } from '../../src/contract/alerts-contract.ts'
import type { AlertChannel } from '../../src/core/alert-channel.ts'
import { useClient } from '../api/client.ts'
import { useQuery } from '../api/use-query.ts'
import { Section } from '../settings/section.tsx'
import { useAppStore } from '../state/store.ts'
import { Button } from '../ui/button.tsx'
import { formatAgo } from '../ui/format-ago.ts'
import { IconButton } from '../ui/icon-button.tsx'
import { AllowNotifications } from './allow-notifications.tsx'
import { ChannelDialog } from './channel-dialog.tsx'
import { useAlertRound } from './use-alerts.ts'

/** Where alerts of this workspace are told. */
export function ChannelSettings() {
  const client = useClient()
  const store = useAppStore()
  const round = useAlertRound(null)
  /** The channel that a form is open for; `new` for one more. */
  const [edited, setEdited] = useState<AlertChannel | 'new' | null>(null)
  const { data } = useQuery(`channels ${round}`, (signal) => client.alerts.channels(undefined, { signal }))
  if (!data) return null
  const remove = (name: string): void => {
    client.alerts.removeChannel({ name }).catch(store.getState().tellError)
  }
  return (
    <Section title="Alerts">
      <p className="mb-2 text-ink-soft">
        Who can be told when something is wrong with what is served. Which rule tells whom is said under
        Monitoring.
      </p>
      <ul aria-label="Channels" className="mb-2">
        {data.channels.map((channel) => (
          <ChannelRow
            key={channel.name}
            channel={channel}
            onEdit={setEdited}
            onRemove={() => remove(channel.name)}
          />
        ))}
      </ul>
      <Button icon={<Plus size={14} aria-hidden />} onClick={() => setEdited('new')}>
        Add a channel
      </Button>
      {edited !== null && (
        <ChannelDialog base={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />
      )}
    </Section>
  )
}

interface ChannelRowProps {
  channel: AlertChannelInfo
  onEdit: (channel: AlertChannel) => void
  onRemove: () => void
}

function ChannelRow({ channel, onEdit, onRemove }: ChannelRowProps) {
  const { name, target, problem } = channel
  const { icon, place } = placeOf(channel)
  const [tried, setTried] = useState<Tried | null>(null)
  return (
    <li className="py-1">
      <div className="flex h-8 items-center gap-2">
        <span className="shrink-0 text-ink-faint" aria-hidden>
          {icon}
        </span>
        <span className="selectable w-32 shrink-0 truncate font-medium">{name}</span>
        <span className="selectable min-w-0 flex-1 truncate text-ink-soft">{place}</span>
        {name === 'desktop' && <AllowNotifications />}
        <TestButton name={name} onTried={setTried} />
        {target && (
          <>
            <IconButton label={`Change ${name}`} onClick={() => onEdit({ name, target })}>
              <Pencil size={14} aria-hidden />
            </IconButton>
            <IconButton label={`Remove ${name}`} onClick={onRemove}>
              <Trash2 size={14} aria-hidden />
            </IconButton>
          </>
        )}
      </div>
      {tried && (
        <p
          role="status"
          className={tried.problem === null ? 'pl-6 text-xs text-good' : 'pl-6 text-xs text-bad'}
        >
          {tried.problem === null ? 'It took a test.' : `It did not take a test: ${tried.problem}.`}
        </p>
      )}
      {problem && (
        <p className="pl-6 text-xs text-bad">
          {problem.isFinal
            ? `Somebody was not told (${formatAgo(problem.at)}): ${problem.message}.`
            : `It is tried again: ${problem.message}.`}
        </p>
      )}
    </li>
  )
}

interface Tried {
  problem: string | null
}

function TestButton({ name, onTried }: { name: string; onTried: (tried: Tried) => void }) {
  const client = useClient()
  const store = useAppStore()
  const [isBusy, setBusy] = useState(false)
  const test = async (): Promise<void> => {
    setBusy(true)
    try {
      onTried(await client.alerts.test({ channel: name }))
    } catch (error) {
      store.getState().tellError(error)
    }
    setBusy(false)
  }
  return (
    <IconButton label={`Try out ${name}`} disabled={isBusy} onClick={() => void test()}>
      <Send size={14} aria-hidden />
    </IconButton>
  )
}

function placeOf({ name, target }: AlertChannelInfo): { icon: ReactNode; place: string } {
  switch (target?.kind) {
    case undefined:
      return name === 'app'
        ? { icon: <Bell size={14} />, place: 'A message in this window' }
        : { icon: <Monitor size={14} />, place: 'A notification of the system' }
    case 'webhook':
      return { icon: <Webhook size={14} />, place: `${formatWords[target.format]}, ${target.url}` }
    case 'email':
      return { icon: <Mail size={14} />, place: `${target.to.join(', ')}, by ${target.host}` }
    case 'command':
      return { icon: <Terminal size={14} />, place: target.argv.join(' ') }
  }
}

const formatWords = {
  cloudevents: 'CloudEvents',
  slack: 'Slack',
  pagerduty: 'PagerDuty',
  plain: 'JSON',
} as const
