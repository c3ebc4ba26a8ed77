import { useEffect, useRef, useState } from 'react'
import type { MonitorOverview } from '../../src/contract/monitoring-contract.ts'
import { reportOf, type ErrorReport } from '../../src/core/errors.ts'
import { useClient } from '../api/client.ts'
import { useTimesFound } from '../api/connection.ts'
import { useWorkspaceEvents } from '../api/use-workspace-events.ts'

export interface Monitoring {
  /** By name; null until the first answer. */
  overviews: readonly MonitorOverview[] | null
  error: ErrorReport | null
  /** How often something new was measured of a deployment. */
  rounds: Readonly<Record<string, number>>
}

/** Points come in bunches, as each window has many. */
const pauseMs = 500

/** How all deployments are, as it is measured. */
export function useMonitoring(): Monitoring {
  const client = useClient()
  const timesFound = useTimesFound()
  const [monitoring, setMonitoring] = useState<Monitoring>({ overviews: null, error: null, rounds: {} })
  const [round, setRound] = useState(0)
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  const askSoon = (): void => {
    timer.current ??= setTimeout(() => {
      timer.current = undefined
      setRound((last) => last + 1)
    }, pauseMs)
  }
  useWorkspaceEvents(({ event }) => {
    if (event === 'deployment-changed') askSoon()
  })
  useEffect(() => () => clearTimeout(timer.current), [])
  useEffect(() => {
    const asked = new AbortController()
    client.monitoring.overview(undefined, { signal: asked.signal }).then(
      ({ deployments }) => setMonitoring((last) => ({ ...last, overviews: deployments, error: null })),
      (error: unknown) =>
        asked.signal.aborted || setMonitoring((last) => ({ ...last, error: reportOf(error) })),
    )
    return () => asked.abort()
  }, [client, timesFound, round])
  useEffect(() => {
    const following = new AbortController()
    const { signal } = following
    const follow = async (): Promise<void> => {
      for await (const { name } of await client.monitoring.events({}, { signal })) {
        setMonitoring((last) => ({
          ...last,
          rounds: { ...last.rounds, [name]: (last.rounds[name] ?? 0) + 1 },
        }))
        askSoon()
      }
    }
    // A connection that is lost is told of elsewhere.
    follow().catch(() => undefined)
    return () => following.abort()
  }, [client, timesFound])
  return monitoring
}
