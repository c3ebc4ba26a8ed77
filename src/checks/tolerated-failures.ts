import type { Inspection } from './inspection.ts'
import { inputsOf } from './ports.ts'
import type { Wire } from './resolve-disabled.ts'

/** Whether everything that would be lost with a node leads to inputs that accept a failure. */
export function isFailureTolerated(
  node: string,
  { inspection, wires }: { inspection: Inspection; wires: readonly Wire[] },
): boolean {
  const outgoing = Map.groupBy(wires, ({ from }) => from.node)
  const acceptsFailure = ({ to }: Wire): boolean => {
    const typed = inspection.nodes.get(to.node)
    return typed !== undefined && inputsOf(typed.definition)[to.port]?.acceptsFailure === true
  }
  const lost = new Set([node])
  for (const each of lost) {
    const behind = outgoing.get(each) ?? []
    if (behind.length === 0) return false
    for (const wire of behind) if (!acceptsFailure(wire)) lost.add(wire.to.node)
  }
  return true
}
