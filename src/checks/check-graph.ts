import { sourcesMeant } from '../core/expansion-level.ts'
import type { Finding } from '../core/finding.ts'
import { finding } from './findings.ts'
import { nameOf, type Inspection } from './inspection.ts'
import { outputsOf } from './ports.ts'

/** A pipeline in which nothing stands. */
export const emptyFindings = ({ document }: Inspection): Finding[] =>
  Object.keys(document.nodes).length === 0 ? [finding('no-nodes', {}, {})] : []

/** Nodes that wait for each other. */
export function cycleFindings({ graph, live }: Inspection): Finding[] {
  return graph.cycles.map((cycle) => {
    const closing = live.wires.filter(
      ({ from, to }) => from.node === cycle.at(-2) && to.node === cycle.at(-1),
    )
    const edges = closing.map(({ edge }) => edge)
    return finding(
      'cycle',
      { path: cycle.join(' → ') },
      {
        at: { node: cycle[0]! },
        edge: edges[0],
        fix: {
          title: `Remove ${edges.map((edge) => `“${edge}”`).join(' and ')}`,
          edits: edges.map((edge) => ({ kind: 'remove-edge', edge })),
        },
      },
    )
  })
}

/** Nodes that run for nothing: no output is used, nothing outside is changed, and there is no report to look at. */
export function unusedFindings({ nodes, expanded }: Inspection): Finding[] {
  const used = new Set(sourcesMeant(expanded.top))
  return [...nodes.values()].flatMap(({ id, node, definition }) => {
    const types = Object.values(outputsOf(definition)).map(({ type }) => type)
    if (used.has(id) || definition.effect === 'sink' || types.length === 0 || types.includes('report'))
      return []
    const name = nameOf(node, id)
    return [
      finding(
        'unused-output',
        { node: name },
        {
          at: { node: id },
          fix: {
            title: `Disable “${name}”`,
            edits: [{ kind: 'set-node', node: id, fields: { disabled: true } }],
          },
        },
      ),
    ]
  })
}
