import { useEffect, useState } from 'react'
import type { Occurrence, ScheduleInfo } from '../../src/contract/automation-contract.ts'
import type { ErrorReport } from '../../src/core/errors.ts'
import { useClient } from '../api/client.ts'
import { useTimesFound } from '../api/connection.ts'
import { useQuery } from '../api/use-query.ts'

export interface ShownSchedules {
  schedules: readonly ScheduleInfo[]
  /** The newest first. */
  occurrences: readonly Occurrence[]
  isWatched: boolean
}

/** What starts a pipeline file, or any of the workspace, as it changes. */
export function useSchedules(path: string | null): {
  data: ShownSchedules | null
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
      for await (const _ of await client.automation.events(undefined, { signal })) lookAgain()
    }
    // What is told of a lost connection is told elsewhere.
    follow().catch(() => {})
    return () => following.abort()
  }, [client, timesFound])
  const { data, error } = useQuery(`${path ?? ''} ${round}`, async (signal): Promise<ShownSchedules> => {
    const [{ schedules, isWatched }, { occurrences }] = await Promise.all([
      client.automation.schedules({ path }, { signal }),
      client.automation.history({ path, limit: 50 }, { signal }),
    ])
    return { schedules, occurrences, isWatched }
  })
  return { data, error, lookAgain }
}
