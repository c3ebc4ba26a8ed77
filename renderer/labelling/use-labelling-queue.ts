import { useCallback, useReducer, useState } from 'react'
import type { LabellingQueue, Ranking } from '../../src/contract/labelling-contract.ts'
import type { ErrorReport } from '../../src/core/errors.ts'
import { useClient } from '../api/client.ts'
import { useQuery } from '../api/use-query.ts'
import { useAppStore } from '../state/store.ts'
import { emptyQueue, nextQueueState, type QueueAction, type QueueState } from './queue-state.ts'

/** Rows that are asked for at once. */
const rowsAtOnce = 100

interface UsedQueue {
  queue: LabellingQueue | null
  state: QueueState
  error: ErrorReport | null
  act: (action: Extract<QueueAction, { kind: 'labelled' | 'skipped' | 'undone' | 'moved' }>) => void
  askAgain: () => void
}

/** The rows to be labelled of a deployment; what is done with them is told to the host behind the back of whoever does it. */
export function useLabellingQueue(deployment: string, rankBy: Ranking): UsedQueue {
  const client = useClient()
  const store = useAppStore()
  const [round, setRound] = useState(0)
  const [state, dispatch] = useReducer(nextQueueState, emptyQueue)
  const { data, error } = useQuery(JSON.stringify([deployment, rankBy, round]), async (signal) => {
    const queue = await client.labels.queue({ deployment, rankBy, limit: rowsAtOnce }, { signal })
    if (!signal.aborted) dispatch({ kind: 'loaded', queue })
    return queue
  })
  const send = useCallback(
    async (predictionId: string, said: { label: string | number } | { isRetracted: true }) => {
      try {
        const entries = [{ predictionId, ...said, source: 'labelling' }]
        const { refused } = await client.deployments.feedback({ name: deployment, entries })
        if (refused[0]) throw new Error(refused[0].message)
      } catch (thrown) {
        dispatch({ kind: 'refused', predictionId })
        store.getState().tellError(thrown)
      }
    },
    [client, deployment, store],
  )
  const act: UsedQueue['act'] = (action) => {
    const row = state.rows[state.at]
    const last = state.steps.at(-1)
    dispatch(action)
    if (action.kind === 'labelled' && row) void send(row.predictionId, { label: action.label })
    if (action.kind === 'undone' && last && last.label !== null)
      void send(last.predictionId, { isRetracted: true })
  }
  return { queue: data, state, error, act, askAgain: () => setRound((last) => last + 1) }
}
