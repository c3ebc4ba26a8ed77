import type { Connection as FlowConnection, FinalConnectionState, IsValidConnection } from '@xyflow/react'
import { useCallback } from 'react'
import type { Connection } from '../../src/core/pipeline.ts'
import { activeTabOf } from '../state/active.ts'
import type { OpenEnd } from '../state/open-end.ts'
import { useAppStore } from '../state/store.ts'
import { connectEdits, refusalOf } from './edits/connect.ts'
import type { FlowEdge } from './flow/flow-types.ts'

/** Drawing edges: what may be connected, what happens then, and what an end in the open means. */
export function useConnecting(toCanvas: (point: { x: number; y: number }) => { x: number; y: number }) {
  const store = useAppStore()

  const isValidConnection = useCallback<IsValidConnection<FlowEdge>>(
    (wish) => {
      const state = store.getState()
      const { definitions } = state
      const document = activeTabOf(state)?.document
      return document !== undefined && refusalOf({ document, definitions, connection: read(wish) }) === null
    },
    [store],
  )

  const onConnect = useCallback(
    (wish: FlowConnection) => {
      const state = store.getState()
      const document = activeTabOf(state)?.document
      if (!document) return
      const { definitions } = state
      state.applyEdits('Connect', connectEdits({ document, definitions, connection: read(wish) }))
    },
    [store],
  )

  const onConnectEnd = useCallback(
    (event: MouseEvent | TouchEvent, { toHandle, fromHandle, isValid }: FinalConnectionState) => {
      if (toHandle || isValid || !fromHandle) return
      const pointer = 'clientX' in event ? event : event.changedTouches[0]
      if (!pointer) return
      const screen = { x: pointer.clientX, y: pointer.clientY }
      const side: OpenEnd['side'] = fromHandle.type === 'source' ? 'output' : 'input'
      const { x, y } = toCanvas(screen)
      store.getState().searchNodes({
        screen,
        at: [Math.round(x), Math.round(y)],
        end: { node: fromHandle.nodeId, port: fromHandle.id ?? '', side },
      })
    },
    [store, toCanvas],
  )

  return { isValidConnection, onConnect, onConnectEnd }
}

const read = (wish: FlowConnection | FlowEdge): Connection => ({
  from: { node: wish.source, port: wish.sourceHandle ?? '' },
  to: { node: wish.target, port: wish.targetHandle ?? '' },
})
