import type { TableShape } from '../core/columns.ts'
import type { Inspection } from './inspection.ts'
import type { Propagation } from './propagate-shapes.ts'
import type { Wire } from './resolve-disabled.ts'

/** A pipeline whose shapes are known, as far as they can be. */
export interface Flow {
  inspection: Inspection
  /** Edges that carry what they should. */
  wires: readonly Wire[]
  /** Those of them that carry tables: what rows and columns travel along. */
  tableWires: readonly Wire[]
  /** Parsed, of the nodes whose parameters are right. */
  params: ReadonlyMap<string, unknown>
  propagation: Propagation
}

export function flowOf(parts: Omit<Flow, 'tableWires'>): Flow {
  return { ...parts, tableWires: parts.wires.filter((wire) => tableOn(wire, parts)) }
}

/** The table that an edge carries, or undefined when it carries something else. */
export function tableOn(wire: Wire, { propagation }: Pick<Flow, 'propagation'>): TableShape | undefined {
  const shape = propagation.shapes.get(wire.from.node)?.[wire.from.port]
  return shape?.kind === 'table' ? shape : undefined
}

/**
 * An answer for each node out of those of the nodes whose tables it is fed, inputs first. Nodes on cycles are left out.
 */
export function alongFlow<Answer>(
  { inspection, tableWires }: Flow,
  combine: (node: string, before: readonly Answer[]) => Answer,
): ReadonlyMap<string, Answer> {
  const incoming = Map.groupBy(tableWires, ({ to }) => to.node)
  const answers = new Map<string, Answer>()
  for (const node of inspection.graph.order) {
    const before = (incoming.get(node) ?? []).map(({ from }) => answers.get(from.node)!)
    answers.set(node, combine(node, before))
  }
  return answers
}

/** The same against the flow: out of the answers of the nodes that its tables go to. */
export function againstFlow<Answer>(
  { inspection, tableWires }: Flow,
  combine: (node: string, behind: readonly Answer[]) => Answer,
): ReadonlyMap<string, Answer> {
  const outgoing = Map.groupBy(tableWires, ({ from }) => from.node)
  const answers = new Map<string, Answer>()
  for (const node of inspection.graph.order.toReversed()) {
    const behind = (outgoing.get(node) ?? []).filter(({ to }) => answers.has(to.node))
    const given = behind.map(({ to }) => answers.get(to.node)!)
    answers.set(node, combine(node, given))
  }
  return answers
}
