import { useClient } from '../api/client.ts'
import { useQuery } from '../api/use-query.ts'
import { useAppStore } from '../state/store.ts'
import { Button } from '../ui/button.tsx'
import { useAlertRound } from './use-alerts.ts'

/** Channels by which nobody hears of anything at the moment: who relies on them has to know. */
export function ChannelProblems() {
  const client = useClient()
  const store = useAppStore()
  const round = useAlertRound(null)
  const { data } = useQuery(`channels ${round}`, (signal) => client.alerts.channels(undefined, { signal }))
  const failing = data?.channels.filter(({ problem }) => problem !== null) ?? []
  if (failing.length === 0) return null
  return (
    <div role="status" className="flex items-center gap-3 rounded-md bg-bad-soft px-3 py-2 text-bad">
      <div className="min-w-0 flex-1">
        {failing.map(({ name, problem }) => (
          <p key={name}>
            “{name}” {problem!.isFinal ? 'was not told of something' : 'is tried again'}: {problem!.message}.
          </p>
        ))}
      </div>
      <Button onClick={() => store.getState().openOverlay('settings')}>Channels</Button>
    </div>
  )
}
