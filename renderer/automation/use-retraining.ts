import { useEffect, useState } from 'react'
import type { RetrainingInfo, RetrainingJob } from '../../src/contract/retraining-contract.ts'
import type { ErrorReport } from '../../src/core/errors.ts'
import { useClient } from '../api/client.ts'
import { useTimesFound } from '../api/connection.ts'
import { useQuery } from '../api/use-query.ts'

/** How near reasons to retrain are changes without an event. */
const lookMs = 10_000

export interface ShownRetraining {
  /** Null where nothing retrains the deployment. */
  info: RetrainingInfo | null
  /** The newest first. */
  jobs: readonly RetrainingJob[]
}

/** How a deployment is retrained, as it changes; `data` is null until the first answer. */
export function useRetraining(deployment: string): {
  data: ShownRetraining | null
  error: ErrorReport | null
  lookAgain: () => void
} {
  const client = useClient()
  const timesFound = useTimesFound()
  const [round, setRound] = useState(0)
  const lookAgain = (): void => setRound((last) => last + 1)
  useEffect(() => {
    const following = new AbortController()
    const { signal } = following
    const follow = async (): Promise<void> => {
      for await (const _ of await client.retraining.events({ deployment }, { signal })) lookAgain()
    }
    // What is told of a lost connection is told elsewhere.
    follow().catch(() => {})
    const timer = setInterval(lookAgain, lookMs)
    return () => {
      following.abort()
      clearInterval(timer)
    }
  }, [client, deployment, timesFound])
  const { data, error } = useQuery(`${deployment} ${round}`, async (signal): Promise<ShownRetraining> => {
    const [{ retraining: info }, { jobs }] = await Promise.all([
      client.retraining.show({ deployment }, { signal }),
      client.retraining.jobs({ deployment }, { signal }),
    ])
    return { info, jobs }
  })
  return { data, error, lookAgain }
}
