import type { NodeDescription } from '../../../src/contract/nodes-contract.ts'
import type { Edit } from '../../../src/core/edits.ts'
import { formatEdge, type Pipeline } from '../../../src/core/pipeline.ts'
import { placeBehind } from '../../canvas/edits/add-node.ts'
import { freeId } from '../../canvas/edits/free-id.ts'

interface Send {
  document: Pipeline
  definitions: Readonly<Record<string, NodeDescription>>
  from: { node: string; port: string }
  /** `filter` keeps the rows that it fits; `flag` adds a column that says which they are. */
  as: 'filter' | 'flag'
  condition: string
}

/** A node behind an output that filters or flags by a condition; null where the catalogue has no such node. */
export function sendEdits({
  document,
  definitions,
  from,
  as,
  condition,
}: Send): { id: string; edits: Edit[] } | null {
  const description = definitions[as === 'filter' ? 'features.filter' : 'features.derive']
  if (!description) return null
  const id = freeId(as, (other) => Object.hasOwn(document.nodes, other))
  const params = as === 'filter' ? { condition } : { columns: [{ name: 'flag', expression: condition }] }
  return {
    id,
    edits: [
      {
        kind: 'add-node',
        id,
        node: { type: description.id, version: description.version, params },
        at: placeBehind(document, from.node),
      },
      { kind: 'add-edge', edge: formatEdge({ from, to: { node: id, port: 'table' } }) },
    ],
  }
}
