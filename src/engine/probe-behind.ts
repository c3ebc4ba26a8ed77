import type { CheckResult } from '../checks/check-pipeline.ts'
import { inputsOf, unknownShape } from '../checks/ports.ts'
import type { Shape } from '../core/columns.ts'
import type { AnyNodeDefinition } from '../node-kit/define-node.ts'
import type { InputShapes } from '../node-kit/propagation.ts'
import type { EngineParts } from './engine-parts.ts'
import type { ProbeSource } from './pipeline-source.ts'
import { probe, type Probed } from './probe-sources.ts'

/**
 * Looks at each node whose columns only its runner can tell from those of its inputs, where a check knows these and the
 * node was not looked at yet. What comes out may make further nodes known.
 */
export async function probeBehind(
  parts: EngineParts,
  request: {
    source: ProbeSource
    check: CheckResult
    seen: ReadonlyMap<string, Probed>
    signal: AbortSignal
  },
): Promise<Map<string, Probed>> {
  const { source, check, seen, signal } = request
  const probes = Object.entries(check.live.pipeline.nodes).flatMap(([node, { type }]) => {
    const definition = parts.definitions.get(type)
    if (!definition?.probesInputs || seen.has(node) || !check.params.has(node)) return []
    const shapes = knownInputs(node, definition, check)
    if (!shapes) return []
    const found = { node, definition, params: check.params.get(node) }
    return [probe(parts, { source, found, shapes, signal }).then((probed) => [node, probed] as const)]
  })
  return new Map(await Promise.all(probes))
}

/** What feeds a node; null where something is missing or its columns are not known. */
export function knownInputs(
  node: string,
  definition: AnyNodeDefinition,
  check: CheckResult,
): InputShapes | null {
  const inputs: Record<string, Shape | readonly Shape[] | undefined> = {}
  for (const [port, { type, many, optional }] of Object.entries(inputsOf(definition))) {
    const given = check.live.wires
      .filter(({ to }) => to.node === node && to.port === port)
      .map(({ from }) => check.shapes.get(from.node)?.[from.port] ?? unknownShape(type))
    const isKnown = given.every((shape) => shape.kind !== 'table' || shape.known)
    if (!isKnown || (given.length === 0 && !optional)) return null
    inputs[port] = many ? given : given[0]
  }
  return inputs
}
