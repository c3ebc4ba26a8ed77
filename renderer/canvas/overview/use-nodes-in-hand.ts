import { useReactFlow } from '@xyflow/react'
import { useCallback, useMemo, useState } from 'react'
import { flushSync } from 'react-dom'
import type { FlowNode } from '../flow/flow-types.ts'
import { cardAt } from './overview-shapes.ts'

interface InHand {
  /** What React Flow gets: all, or of many cards from far away those that something is done with. */
  nodes: FlowNode[]
  /** The pointer has moved, with no button pressed. */
  point: (event: { clientX: number; clientY: number }) => void
  onSelectionStart: () => void
  onSelectionEnd: () => void
}

/** An element for a card is needed where it is pointed at, selected or moved; a frame that is drawn may meet any. */
export function useNodesInHand(
  nodes: FlowNode[],
  { isOverview, moving }: { isOverview: boolean; moving: ReadonlyMap<string, unknown> },
): InHand {
  const flow = useReactFlow()
  const [pointed, setPointed] = useState<string | null>(null)
  const [isFraming, setIsFraming] = useState(false)
  const shown = useMemo(
    () =>
      isOverview && !isFraming
        ? nodes.filter(
            ({ id, type, selected }) => type !== 'step' || selected || id === pointed || moving.has(id),
          )
        : nodes,
    [nodes, isOverview, isFraming, pointed, moving],
  )
  return {
    nodes: shown,
    point({ clientX, clientY }) {
      if (!isOverview) return
      const card = cardAt(nodes, flow.screenToFlowPosition({ x: clientX, y: clientY }))
      // Its element must be there when the next event, which may be a press, looks for what it meets.
      if (card !== pointed) flushSync(() => setPointed(card))
    },
    onSelectionStart: useCallback(() => setIsFraming(true), []),
    onSelectionEnd: useCallback(() => setIsFraming(false), []),
  }
}
