import { useEffect, useState } from 'react'
import { reportOf, type ErrorReport } from '../../src/core/errors.ts'
import { useTimesFound } from './connection.ts'

/** While a newer answer is on its way, the one before stays. */
export interface Query<Answer> {
  data: Answer | null
  error: ErrorReport | null
  loading: boolean
}

/**
 * Asks the host when the key changes, and tells the newest answer. The key says all that the question depends on; null
 * asks nothing. `ask` gets a signal that is aborted when the answer is no longer wanted.
 */
export function useQuery<Answer>(
  key: string | null,
  ask: (signal: AbortSignal) => Promise<Answer>,
): Query<Answer> {
  const [query, setQuery] = useState<Query<Answer>>({ data: null, error: null, loading: key !== null })
  const timesFound = useTimesFound()
  useEffect(() => {
    if (key === null) return setQuery({ data: null, error: null, loading: false })
    const asked = new AbortController()
    setQuery(({ data }) => ({ data, error: null, loading: true }))
    ask(asked.signal).then(
      (data) => asked.signal.aborted || setQuery({ data, error: null, loading: false }),
      (error: unknown) =>
        asked.signal.aborted || setQuery({ data: null, error: reportOf(error), loading: false }),
    )
    return () => asked.abort()
  }, [key, timesFound])
  return query
}
