import type { z } from 'zod'
import type { Finding } from '../core/finding.ts'
import { formatEdge, parseEdge } from '../core/pipeline.ts'
import { insertBefore } from '../node-kit/insert-before.ts'
import type { Flow } from './flow.ts'
import { freeNodeId } from './free-node-id.ts'
import { nameOf } from './inspection.ts'
import type { Wire } from './resolve-disabled.ts'
import { rewire } from './rewire.ts'

const splitType = 'features.split'

/** The fix that lets an input have its rows from a split: from one that takes them already, else from a new one. */
export function insertSplit(flow: Flow): (entry: Wire) => Finding['fix'] | undefined {
  const splits = splitsByTable(flow)
  return (entry) => splitFix(entry, { sibling: splits.get(outputName(entry.from)), flow })
}

function splitFix(
  entry: Wire,
  { sibling, flow }: { sibling: Output | undefined; flow: Flow },
): Finding['fix'] | undefined {
  const { inspection } = flow
  const { document } = inspection
  if (sibling) {
    const edits = rewire(document, [[entry.edge, formatEdge({ from: sibling, to: entry.to })]])
    return { title: `Take the rows from “${nameOf(document.nodes[sibling.node]!, sibling.node)}”`, edits }
  }
  const definition = inspection.definitions.get(splitType)
  if (!definition || !(definition.params as z.ZodType).safeParse({}).success) return undefined
  const { node, port } = entry.to
  return insertBefore(
    {
      node,
      feeds: { [port]: [parseEdge(entry.edge).from] },
      freeNodeId: (wish) => freeNodeId(document, wish),
    },
    port,
    {
      title: 'Split the table before this node',
      id: 'split',
      node: { type: splitType, version: definition.version, params: {} },
    },
  )
}

type Output = Wire['from']

/** For an output, that of a node which splits the very table. */
function splitsByTable({ wires, propagation }: Flow): ReadonlyMap<string, Output> {
  const splits = new Map<string, Output>()
  for (const { from, to } of wires) {
    for (const [port, shape] of Object.entries(propagation.shapes.get(to.node) ?? {})) {
      const isOwn = shape.kind === 'table' && shape.split !== null && shape.splitBy === to.node
      if (isOwn && !splits.has(outputName(from))) splits.set(outputName(from), { node: to.node, port })
    }
  }
  return splits
}

const outputName = ({ node, port }: Output): string => `${node}.${port}`
