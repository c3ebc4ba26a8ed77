import type { Shape } from '../core/columns.ts'
import { parseEdge, type Connection } from '../core/pipeline.ts'
import type { InputShapes, NodeFinding, Shapes } from '../node-kit/propagation.ts'
import { freeNodeId } from './free-node-id.ts'
import type { Inspection, TypedNode } from './inspection.ts'
import { inputsOf, outputsOf, unknownShape } from './ports.ts'
import type { Wire } from './resolve-disabled.ts'

/** What a node is fed; null where an input that is needed has nothing connected. */
export function inputShapes(
  { definition }: TypedNode,
  wires: readonly Wire[],
  shapeOn: (wire: Wire) => Shape | undefined,
): InputShapes | null {
  const inputs: Record<string, Shape | readonly Shape[] | undefined> = {}
  for (const [port, { type, many, optional }] of Object.entries(inputsOf(definition))) {
    const given = wires
      .filter(({ to }) => to.port === port)
      .map((wire) => shapeOn(wire) ?? unknownShape(type))
    if (given.length === 0 && !optional) return null
    inputs[port] = many ? given : given[0]
  }
  return inputs
}

/** What is known of a node's outputs when nothing is. */
export function unknownShapes({ definition }: TypedNode): Shapes {
  const outputs = Object.entries(outputsOf(definition))
  return Object.fromEntries(outputs.map(([port, { type }]) => [port, unknownShape(type)]))
}

export interface NodeFeed {
  typed: TypedNode
  params: unknown
  inputs: InputShapes
  wires: readonly Wire[]
  probed: Shapes | null
}

/** What a node says of its outputs and of its parameters. Throws whatever the definition throws. */
export function outputShapes(
  { typed, params, inputs, wires, probed }: NodeFeed,
  { document }: Inspection,
): { shapes: Shapes; findings: readonly NodeFinding[] } {
  const { outputs, findings = [] } = typed.definition.propagate({
    inputs,
    params,
    node: typed.id,
    feeds: feedsOf(wires),
    freeNodeId: (wish) => freeNodeId(document, wish),
    probed,
  })
  return { shapes: { ...unknownShapes(typed), ...(outputs as Shapes) }, findings }
}

/** By the edges of the document, since fixes must name those. */
function feedsOf(wires: readonly Wire[]): Record<string, Connection['from'][]> {
  const feeds: Record<string, Connection['from'][]> = {}
  for (const { edge, to } of wires) (feeds[to.port] ??= []).push(parseEdge(edge).from)
  return feeds
}
