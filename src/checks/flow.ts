import type { TableShape } from '../core/columns.ts'
import type { Inspection } from './inspection.ts'
import type { Propagation } from './propagate-shapes.ts'
import type { Wire } from './resolve-disabled.ts'

/** A pipeline whose shapes are known, as far as they can be. */
export interface Flow {
  inspection: Inspection
  /** Edges that carry what they should. */
  wires: readonly Wire[]
  /** Parsed, of the nodes whose parameters are right. */
  params: ReadonlyMap<string, unknown>
  propagation: Propagation
}

/** The table that an edge carries, or undefined when it carries something else. */
export function tableOn(wire: Wire, { propagation }: Flow): TableShape | undefined {
  const shape = propagation.shapes.get(wire.from.node)?.[wire.from.port]
  return shape?.kind === 'table' ? shape : undefined
}

/**
 * For each node, what an answer at the nodes before it comes to: `combine` joins the answers of those that feed it with
 * the node's own. Nodes on cycles are left out.
 */
export function alongFlow<Answer>(
  { inspection, wires }: Flow,
  combine: (node: string, before: readonly Answer[]) => Answer,
): ReadonlyMap<string, Answer> {
  const incoming = Map.groupBy(wires, ({ to }) => to.node)
  const answers = new Map<string, Answer>()
  for (const node of inspection.graph.order) {
    const before = (incoming.get(node) ?? []).map(({ from }) => answers.get(from.node)!)
    answers.set(node, combine(node, before))
  }
  return answers
}

/** The same against the flow: from the nodes behind. */
export function againstFlow<Answer>(
  { inspection, wires }: Flow,
  combine: (node: string, behind: readonly Answer[]) => Answer,
): ReadonlyMap<string, Answer> {
  const outgoing = Map.groupBy(wires, ({ from }) => from.node)
  const answers = new Map<string, Answer>()
  for (const node of inspection.graph.order.toReversed()) {
    const behind = (outgoing.get(node) ?? []).filter(({ to }) => answers.has(to.node))
    const given = behind.map(({ to }) => answers.get(to.node)!)
    answers.set(node, combine(node, given))
  }
  return answers
}
