import type { NodeHandle } from '@xyflow/react'
import type { NodeDescription } from '../../../src/contract/nodes-contract.ts'
import type { Pipeline, Position } from '../../../src/core/pipeline.ts'
import { descriptionOf } from '../edits/description-of.ts'
import { titleOf, type Definitions } from '../edits/title-of.ts'
import { groupNodeId, noteNodeId, type FlowNode } from './flow-types.ts'
import { groupFrames, type GroupFrame } from './group-frames.ts'
import { geometryOf, nodeWidth, portSize } from './node-geometry.ts'
import { placesOf } from './places.ts'

interface Drawn {
  document: Pipeline
  definitions: Definitions
  selected: ReadonlySet<string>
  /** Places of nodes and notes, by their ids on the canvas, while they are dragged. */
  moving: ReadonlyMap<string, Position>
}

const noData = {}
const noteSize: Position = [220, 120]

/**
 * What React Flow shows of a document. Nodes that did not change are the same objects as the time before, so that only
 * what changed is drawn again; sizes and ports are told beforehand, so that nothing is measured.
 */
export function createNodeDerivation(): (drawn: Drawn) => FlowNode[] {
  let before = new Map<string, FlowNode>()
  let last: { drawn: Drawn; nodes: FlowNode[] } | null = null
  return (drawn) => {
    if (last && isOnlyMoved(last.drawn, drawn)) {
      const { moving } = drawn
      const nodes = last.nodes.map((node) => {
        const place = moving.get(node.id)
        if (!place) return node
        const moved = movedTo(node, place)
        before.set(node.id, moved)
        return moved
      })
      last = { drawn, nodes }
      return nodes
    }
    const after = new Map<string, FlowNode>()
    for (const node of flowNodes(drawn)) {
      const old = before.get(node.id)
      after.set(node.id, old && looksSame(old, node) ? old : node)
    }
    before = after
    last = { drawn, nodes: [...after.values()] }
    return last.nodes
  }
}

/** A further frame of a drag, where no frame of a group changes along. */
function isOnlyMoved(before: Drawn, now: Drawn): boolean {
  return (
    before.document === now.document &&
    before.definitions === now.definitions &&
    before.selected === now.selected &&
    Object.keys(now.document.groups ?? {}).length === 0 &&
    [...before.moving.keys()].every((id) => now.moving.has(id))
  )
}

function movedTo(node: FlowNode, [x, y]: Position): FlowNode {
  return node.position.x === x && node.position.y === y ? node : { ...node, position: { x, y } }
}

function flowNodes({ document, definitions, selected, moving }: Drawn): FlowNode[] {
  const places = placesOf(document)
  for (const [id, place] of moving) if (places.has(id)) places.set(id, place)
  const described = (id: string): NodeDescription | undefined => descriptionOf(document, id, definitions)
  const heightOf = (id: string): number => geometryOf(described(id)).height
  const frames = groupFrames(document, { places, heightOf })
  const hidden = new Set(frames.flatMap((frame) => (frame.collapsed ? frame.members : [])))
  const steps = Object.entries(document.nodes)
    .filter(([id]) => !hidden.has(id))
    .map(([id, node]): FlowNode => {
      const [x, y] = places.get(id)!
      const height = heightOf(id)
      return {
        id,
        type: 'step',
        position: { x, y },
        data: noData,
        measured: { width: nodeWidth, height },
        handles: handlesOf(described(id)),
        selected: selected.has(id),
        ariaLabel: titleOf(node, definitions),
      }
    })
  const notes = Object.entries(document.notes ?? {}).map(([note, { at, size, text }]): FlowNode => {
    const id = noteNodeId(note)
    const [x, y] = moving.get(id) ?? at
    const [width, height] = size ?? noteSize
    return {
      id,
      type: 'note',
      position: { x, y },
      data: { note },
      width,
      height,
      measured: { width, height },
      selected: selected.has(id),
      ariaLabel: `Note: ${text}`,
    }
  })
  return [...frames.map((frame) => groupNode(frame, { document, selected })), ...steps, ...notes]
}

function groupNode(
  frame: GroupFrame,
  { document, selected }: { document: Pipeline; selected: ReadonlySet<string> },
): FlowNode {
  const { x, y, width, height, collapsed } = frame
  const id = groupNodeId(frame.id)
  const side = { y: height / 2 - portSize / 2, width: portSize, height: portSize }
  return {
    id,
    type: 'frame',
    position: { x, y },
    data: { group: frame.id, collapsed },
    width,
    height,
    measured: { width, height },
    selected: selected.has(id),
    zIndex: collapsed ? 0 : -1,
    ariaLabel: `Group: ${document.groups![frame.id]!.title}`,
    ...(!collapsed && { className: 'group-frame', dragHandle: '.group-handle' }),
    handles: collapsed
      ? [
          { id: 'in', type: 'target', position: 'left' as NodeHandle['position'], x: -portSize / 2, ...side },
          {
            id: 'out',
            type: 'source',
            position: 'right' as NodeHandle['position'],
            x: width - portSize / 2,
            ...side,
          },
        ]
      : [],
  }
}

const handlesOfDescription = new WeakMap<NodeDescription, NodeHandle[]>()
const noHandles: NodeHandle[] = []

function handlesOf(description: NodeDescription | undefined): NodeHandle[] {
  if (!description) return noHandles
  const known = handlesOfDescription.get(description)
  if (known) return known
  const handles = geometryOf(description).ports.map(({ port, side, y }): NodeHandle => ({
    id: port,
    type: side === 'input' ? 'target' : 'source',
    position: (side === 'input' ? 'left' : 'right') as NodeHandle['position'],
    x: (side === 'input' ? 0 : nodeWidth) - portSize / 2,
    y: y - portSize / 2,
    width: portSize,
    height: portSize,
  }))
  handlesOfDescription.set(description, handles)
  return handles
}

function looksSame(a: FlowNode, b: FlowNode): boolean {
  return (
    a.position.x === b.position.x &&
    a.position.y === b.position.y &&
    a.selected === b.selected &&
    a.ariaLabel === b.ariaLabel &&
    a.type === b.type &&
    a.measured?.width === b.measured?.width &&
    a.measured?.height === b.measured?.height &&
    (a.type === 'step' ? a.handles === b.handles : a.zIndex === b.zIndex)
  )
}
