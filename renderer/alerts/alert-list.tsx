import { BellOff, CircleAlert, CircleCheck, Clock } from 'lucide-react'
import { useState } from 'react'
import type { AlertInfo, AlertSilence } from '../../src/contract/alerts-contract.ts'
import { useClient } from '../api/client.ts'
import { momentText } from '../results/format-amounts.ts'
import { useAppStore } from '../state/store.ts'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { formatAgo } from '../ui/format-ago.ts'
import { IconButton } from '../ui/icon-button.tsx'
import { Menu } from '../ui/menu.tsx'
import { Spinner } from '../ui/spinner.tsx'
import { AlertHistory } from './alert-history.tsx'
import { severityTones } from './alert-words.ts'
import { ChannelProblems } from './channel-problems.tsx'
import { useAlerts } from './use-alerts.ts'

/** What is wrong now with an endpoint, or with all of them; and, when asked for, what was. */
export function AlertList({ deployment = null }: { deployment?: string | null }) {
  const { alerts, silences, error } = useAlerts(deployment)
  const [isPastShown, setPastShown] = useState(false)
  if (error) return <EmptyState title={error.message}>{error.remedy}</EmptyState>
  if (!alerts) {
    return (
      <div className="p-6">
        <Spinner label="Reading the alerts" />
      </div>
    )
  }
  return (
    <div className="selectable flex flex-col gap-4 p-6">
      <ChannelProblems />
      {alerts.length === 0 ? (
        <p className="flex items-center gap-2 text-ink-soft">
          <CircleCheck size={16} className="text-good" aria-hidden />
          No alert is open.
        </p>
      ) : (
        <ul aria-label="Open alerts" className="flex flex-col gap-3">
          {alerts.map((alert) => (
            <AlertCard key={alert.number} alert={alert} isNamed={deployment === null} />
          ))}
        </ul>
      )}
      {silences.length > 0 && <Silences silences={silences} alerts={alerts} isNamed={deployment === null} />}
      <Button
        tone="quiet"
        className="self-start"
        icon={<Clock size={14} aria-hidden />}
        aria-expanded={isPastShown}
        onClick={() => setPastShown(!isPastShown)}
      >
        {isPastShown ? 'Hide earlier alerts' : 'Earlier alerts'}
      </Button>
      {isPastShown && <AlertHistory deployment={deployment} />}
    </div>
  )
}

function AlertCard({ alert, isNamed }: { alert: AlertInfo; isNamed: boolean }) {
  const { deployment, rule, title, severity, state, since, message, quietUntil, deliveries } = alert
  const isFiring = state === 'firing'
  const failed = deliveries.filter(({ problem, state: reached }) => problem !== null && reached !== 'dropped')
  return (
    <li className="flex items-start gap-3 rounded-lg border border-line bg-surface p-4">
      <CircleAlert
        size={18}
        aria-hidden
        className={isFiring ? (severity === 'critical' ? 'text-bad' : 'text-warn') : 'text-ink-faint'}
      />
      <div className="flex min-w-0 flex-1 flex-col gap-1">
        <p className="flex flex-wrap items-center gap-2">
          <span className="font-medium">{isNamed ? `${deployment}: ${title}` : title}</span>
          <Badge tone={isFiring ? severityTones[severity] : 'plain'}>
            {isFiring ? severity : 'not for long enough yet'}
          </Badge>
          <time dateTime={new Date(since).toISOString()} className="text-xs text-ink-faint">
            {formatAgo(since)}
          </time>
        </p>
        <p className="text-ink-soft">{message}</p>
        {quietUntil !== null && (
          <p className="text-xs text-ink-faint">Nobody is told before {momentText(quietUntil)}.</p>
        )}
        {failed.map(({ channel, kind, problem, state: reached }) => (
          <p key={`${channel} ${kind}`} className="text-xs text-bad">
            {channel} {reached === 'failed' ? 'was not told' : 'is tried again'}: {problem}.
          </p>
        ))}
      </div>
      <SilenceMenu deployment={deployment} rule={rule} title={title} />
    </li>
  )
}

const spans = [
  { title: 'For an hour', minutes: 60 },
  { title: 'For 8 hours', minutes: 480 },
  { title: 'For a day', minutes: 1_440 },
  { title: 'For a week', minutes: 10_080 },
] as const

function SilenceMenu({ deployment, rule, title }: { deployment: string; rule: string; title: string }) {
  const client = useClient()
  const store = useAppStore()
  const silence = async (minutes: number): Promise<void> => {
    try {
      await client.alerts.silence({ deployment, rule, minutes })
    } catch (error) {
      store.getState().tellError(error)
    }
  }
  return (
    <Menu
      items={spans.map(({ title: span, minutes }) => ({
        title: span,
        onSelect: () => void silence(minutes),
      }))}
    >
      <IconButton label={`Silence “${title}”`}>
        <BellOff size={15} aria-hidden />
      </IconButton>
    </Menu>
  )
}

interface SilencesProps {
  silences: readonly AlertSilence[]
  alerts: readonly AlertInfo[]
  isNamed: boolean
}

function Silences({ silences, alerts, isNamed }: SilencesProps) {
  const client = useClient()
  const store = useAppStore()
  const end = async (number: number): Promise<void> => {
    try {
      await client.alerts.endSilence({ number })
    } catch (error) {
      store.getState().tellError(error)
    }
  }
  const titleOf = (rule: string): string => alerts.find((alert) => alert.rule === rule)?.title ?? rule
  return (
    <ul aria-label="Silences" className="flex flex-col gap-1">
      {silences.map(({ number, deployment, rule, until, note }) => (
        <li key={number} className="flex items-center gap-2 text-ink-soft">
          <BellOff size={14} className="shrink-0 text-ink-faint" aria-hidden />
          <span className="min-w-0 truncate">
            {[...(isNamed ? [deployment] : []), rule === null ? 'All alerts' : titleOf(rule)].join(', ')}:
            nobody is told before {momentText(until)}
            {note === '' ? '' : ` (${note})`}
          </span>
          <Button tone="quiet" onClick={() => void end(number)}>
            Tell again
          </Button>
        </li>
      ))}
    </ul>
  )
}
