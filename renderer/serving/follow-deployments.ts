import { useEffect, useState } from 'react'
import { reportOf, type ErrorReport } from '../../src/core/errors.ts'
import type { DeploymentInfo } from '../../src/contract/deployment-info.ts'
import type { StatisticsPoint, StatisticsTotals } from '../../src/contract/deployment-statistics.ts'
import type { DeploymentEvent } from '../../src/contract/deployments-contract.ts'
import { useClient } from '../api/client.ts'
import { useTimesFound } from '../api/connection.ts'

/** What is known of a deployment from one second to the next. */
export interface LiveDeployment {
  info: DeploymentInfo
  /** The newest last; those of the last ten minutes, from when it began to be watched. */
  points: readonly StatisticsPoint[]
  totals: StatisticsTotals | null
}

export interface Deployments {
  /** Null until the first answer. */
  byName: ReadonlyMap<string, LiveDeployment> | null
  error: ErrorReport | null
}

const mostPoints = 600

/** All deployments of the workspace, as they change. */
export function useDeployments(): Deployments {
  const client = useClient()
  const timesFound = useTimesFound()
  const [deployments, setDeployments] = useState<Deployments>({ byName: null, error: null })
  useEffect(() => {
    const following = new AbortController()
    const { signal } = following
    const follow = async (): Promise<void> => {
      const { deployments: all } = await client.deployments.list(undefined, { signal })
      setDeployments({ byName: new Map(all.map((info) => [info.name, begun(info)])), error: null })
      for await (const event of await client.deployments.events({}, { signal }))
        setDeployments(({ byName, error }) => ({ byName: after(byName ?? new Map(), event), error }))
    }
    follow().catch((error: unknown) => {
      if (!signal.aborted) setDeployments(({ byName }) => ({ byName, error: reportOf(error) }))
    })
    return () => following.abort()
  }, [client, timesFound])
  return deployments
}

const begun = (info: DeploymentInfo): LiveDeployment => ({ info, points: [], totals: null })

/** What is known once an event was told. */
export function after(
  known: ReadonlyMap<string, LiveDeployment>,
  event: DeploymentEvent,
): ReadonlyMap<string, LiveDeployment> {
  const next = new Map(known)
  switch (event.event) {
    case 'state': {
      const { deployment: info } = event
      next.set(info.name, { ...(known.get(info.name) ?? begun(info)), info })
      return next
    }
    case 'removed':
      next.delete(event.name)
      return next
    case 'statistics': {
      const live = known.get(event.name)
      if (!live) return known
      const points = [...live.points, event.point].slice(-mostPoints)
      next.set(event.name, { ...live, points, totals: event.totals })
      return next
    }
  }
}
