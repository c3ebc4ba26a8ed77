import type { NodeDescription } from '../../../src/contract/nodes-contract.ts'
import type { Edit } from '../../../src/core/edits.ts'
import { ownValue } from '../../../src/core/own-value.ts'
import type { Pipeline, Position } from '../../../src/core/pipeline.ts'
import { nodeWidth } from '../flow/node-geometry.ts'
import type { OpenEnd } from '../../state/open-end.ts'
import { connectionOf, connectEdits, fittingPorts } from './connect.ts'
import { freeId } from './free-id.ts'
import type { Definitions } from './title-of.ts'

interface AddNode {
  document: Pipeline
  definitions: Definitions
  description: NodeDescription
  at: Position
  /** A port that the new node is connected with, if one of its own fits. */
  end?: OpenEnd | undefined
}

/** Adds a node of a type, with the parameters that its type starts with. */
export function addNodeEdits(wish: AddNode): { id: string; edits: Edit[] } {
  const { document, definitions, description, at, end } = wish
  const id = freeId(description.id.slice(description.id.indexOf('.') + 1), (other) =>
    Object.hasOwn(document.nodes, other),
  )
  const node = { type: description.id, version: description.version, params: {} }
  const add: Edit = { kind: 'add-node', id, node, at }
  const port = end && fittingPorts(description, { end, document, definitions })[0]
  if (!end || port === undefined) return { id, edits: [add] }
  const connection = connectionOf(end, { node: id, port })
  return { id, edits: [add, ...connectEdits({ document, definitions, connection })] }
}

/** Right of a node, below whatever stands there already. */
export function placeBehind(document: Pipeline, node: string): Position {
  const [x, y] = ownValue(document.layout, node) ?? [0, 0]
  return freePlace(document, [x + nodeWidth + 80, y])
}

/** The place, moved down until no node lies on it. */
export function freePlace(document: Pipeline, [x, y]: Position): Position {
  const taken = Object.values(document.layout)
  let row = y
  while (taken.some(([left, top]) => Math.abs(left - x) < nodeWidth && Math.abs(top - row) < 80)) row += 100
  return [x, row]
}
