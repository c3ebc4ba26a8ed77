import { useEffect, useState } from 'react'
import { reportOf, type ErrorReport } from '../../src/core/errors.ts'
import type { LogFilter, LoggedPrediction } from '../../src/contract/prediction-log-contract.ts'
import { useClient } from '../api/client.ts'
import { useTimesFound } from '../api/connection.ts'

export interface ShownLog {
  /** The newest first; null until the first page is there. */
  records: readonly LoggedPrediction[] | null
  /** Where older ones follow; null at the end. */
  next: string | null
  error: ErrorReport | null
}

const pageRecords = 100
/** What is followed for hours does not fill the window's memory. */
const mostRecords = 1000

/** A page of the log of an endpoint, with what comes while it is looked at. */
export function usePredictionLog(
  name: string,
  { filter, isFollowing }: { filter: Partial<LogFilter>; isFollowing: boolean },
): ShownLog & { readOlder: () => void } {
  const client = useClient()
  const timesFound = useTimesFound()
  const [shown, setShown] = useState<ShownLog>({ records: null, next: null, error: null })
  const key = JSON.stringify(filter)
  useEffect(() => {
    const reading = new AbortController()
    const { signal } = reading
    const wanted = JSON.parse(key) as Partial<LogFilter>
    const read = async (): Promise<void> => {
      // Asked for first, so that nothing falls between the page and what follows it.
      const tail = isFollowing ? await client.deployments.tail({ name, filter: wanted }, { signal }) : null
      const { records, next } = await client.deployments.log(
        { name, filter: wanted, limit: pageRecords },
        { signal },
      )
      if (signal.aborted) return
      setShown({ records, next, error: null })
      if (!tail) return
      for await (const part of tail)
        setShown((last) => ({ ...last, records: withNewer(last.records ?? [], part.records) }))
    }
    read().catch((error: unknown) => {
      if (!signal.aborted) setShown((last) => ({ ...last, error: reportOf(error) }))
    })
    return () => reading.abort()
  }, [client, timesFound, name, key, isFollowing])
  const readOlder = (): void => {
    client.deployments
      .log({ name, filter, limit: pageRecords, before: shown.next })
      .then(({ records, next }) =>
        setShown((last) => ({ records: [...(last.records ?? []), ...records], next, error: null })),
      )
      .catch((error: unknown) => setShown((last) => ({ ...last, error: reportOf(error) })))
  }
  return { ...shown, readOlder }
}

/** What is told while the first page is read may be on that page too. */
function withNewer(
  known: readonly LoggedPrediction[],
  newer: readonly LoggedPrediction[],
): readonly LoggedPrediction[] {
  const ids = new Set(known.slice(0, pageRecords).map(({ predictionId }) => predictionId))
  const added = newer.filter(({ predictionId }) => !ids.has(predictionId)).toSorted((a, b) => b.at - a.at)
  return [...added, ...known].slice(0, mostRecords)
}
