import type { EdgeChange, NodeChange } from '@xyflow/react'
import { useCallback, useState } from 'react'
import type { Edit } from '../../src/core/edits.ts'
import type { Pipeline, Position } from '../../src/core/pipeline.ts'
import { activeTabOf } from '../state/active.ts'
import { useAppStore } from '../state/store.ts'
import { changeNotesEdits } from './edits/notes.ts'
import { meaningOf, type FlowEdge, type FlowNode } from './flow/flow-types.ts'
import { placesOf } from './flow/places.ts'

type Moving = ReadonlyMap<string, Position>
const still: Moving = new Map()

/** Takes what React Flow tells: a selection at once, a drag as places that are edits only when it ends. */
export function useFlowChanges(framePlaces: ReadonlyMap<string, { x: number; y: number }>) {
  const store = useAppStore()
  const [moving, setMoving] = useState<Moving>(still)

  const onNodesChange = useCallback(
    (changes: NodeChange<FlowNode>[]) => {
      const state = store.getState()
      const document = activeTabOf(state)?.document
      if (!document) return
      const selected = withSelectChanges(state.selectedNodes, changes)
      if (selected !== state.selectedNodes) state.select({ nodes: selected, edges: state.selectedEdges })
      const moved = placesAfter(changes, { document, framePlaces })
      if (moved.size === 0) return
      const isDragged = changes.some((change) => change.type === 'position' && change.dragging)
      if (isDragged) return setMoving(moved)
      setMoving(still)
      const edits = moveEdits(document, moved)
      if (edits.length > 0) state.applyEdits(moved.size === 1 ? 'Move' : `Move ${moved.size} things`, edits)
    },
    [store, framePlaces],
  )

  const onEdgesChange = useCallback(
    (changes: EdgeChange<FlowEdge>[]) => {
      const state = store.getState()
      const selected = withSelectChanges(state.selectedEdges, changes)
      if (selected !== state.selectedEdges) state.select({ nodes: state.selectedNodes, edges: selected })
    },
    [store],
  )

  return { moving, onNodesChange, onEdgesChange }
}

function withSelectChanges(
  selected: readonly string[],
  changes: readonly { type: string; id?: string; selected?: boolean }[],
): readonly string[] {
  const next = new Set(selected)
  let isChanged = false
  for (const { type, id, selected: isSelected } of changes) {
    if (type !== 'select' || id === undefined || next.has(id) === isSelected) continue
    isChanged = true
    if (isSelected) next.add(id)
    else next.delete(id)
  }
  return isChanged ? [...next] : selected
}

/** Where nodes and notes stand after the changes; a frame takes its members along. */
function placesAfter(
  changes: readonly NodeChange<FlowNode>[],
  {
    document,
    framePlaces,
  }: { document: Pipeline; framePlaces: ReadonlyMap<string, { x: number; y: number }> },
): Map<string, Position> {
  const moved = new Map<string, Position>()
  const places = placesOf(document)
  for (const change of changes) {
    if (change.type !== 'position' || !change.position) continue
    const x = Math.round(change.position.x)
    const y = Math.round(change.position.y)
    const { kind, id } = meaningOf(change.id)
    const frame = framePlaces.get(change.id)
    if (kind !== 'group') moved.set(change.id, [x, y])
    else if (frame) {
      for (const member of document.groups?.[id]?.nodes ?? []) {
        const place = places.get(member)
        if (place && !moved.has(member))
          moved.set(member, [Math.round(place[0] + x - frame.x), Math.round(place[1] + y - frame.y)])
      }
    }
  }
  return moved
}

function moveEdits(document: Pipeline, moved: Moving): Edit[] {
  const positions: Record<string, Position> = {}
  const notes: Record<string, { at: Position }> = {}
  for (const [flowId, at] of moved) {
    const { kind, id } = meaningOf(flowId)
    const before = kind === 'note' ? document.notes?.[id]?.at : document.layout[id]
    if (before?.[0] === at[0] && before?.[1] === at[1]) continue
    if (kind === 'note') notes[id] = { at }
    else if (Object.hasOwn(document.nodes, id)) positions[id] = at
  }
  return [
    ...(Object.keys(positions).length > 0 ? [{ kind: 'move-nodes' as const, positions }] : []),
    ...(Object.keys(notes).length > 0 ? changeNotesEdits(document, notes) : []),
  ]
}
