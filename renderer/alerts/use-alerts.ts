import { useState } from 'react'
import type { AlertInfo, AlertSilence } from '../../src/contract/alerts-contract.ts'
import type { ErrorReport } from '../../src/core/errors.ts'
import { useClient } from '../api/client.ts'
import { useQuery } from '../api/use-query.ts'
import { useWorkspaceEvents } from '../api/use-workspace-events.ts'

/** Counts up whenever alerts of a deployment (or, without one, any), silences or channels become others. */
export function useAlertRound(deployment: string | null): number {
  const [round, setRound] = useState(0)
  useWorkspaceEvents((event) => {
    if (event.event !== 'alerts-changed') return
    if (deployment === null || event.deployment === null || event.deployment === deployment)
      setRound((last) => last + 1)
  })
  return round
}

/** The open alerts of a deployment, or of all, as they change. */
export function useAlerts(deployment: string | null): {
  alerts: readonly AlertInfo[] | null
  silences: readonly AlertSilence[]
  error: ErrorReport | null
} {
  const client = useClient()
  const round = useAlertRound(deployment)
  const { data, error } = useQuery(`${deployment ?? ''} ${round}`, (signal) =>
    client.alerts.list({ deployment }, { signal }),
  )
  return { alerts: data?.alerts ?? null, silences: data?.silences ?? [], error }
}
