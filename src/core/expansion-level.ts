import { ownValue } from './own-value.ts'
import { formatPort, parseEdge, parsePort, type Pipeline, type Port } from './pipeline.ts'

/** A pipeline, or a sub-pipeline in its place. */
export interface Level {
  /** What stands before the ids of its nodes: nothing, or `outer/`. */
  prefix: string
  /** As written. */
  pipeline: Pipeline
  /** The node that stands for it, and the level of that; null for the pipeline itself. */
  outer: { level: Level; node: string; subpipeline: string } | null
  /** False where it stands in another file. */
  isEditable: boolean
  /** By the id of the node that stands for each. */
  inner: Map<string, Level>
}

/** The level at which a node stands in an expanded pipeline, and its id there. */
export function levelOf(top: Level, node: string): { level: Level; id: string } {
  const steps = node.split('/')
  const id = steps.pop()!
  let level = top
  for (const step of steps) level = level.inner.get(step) ?? level
  return { level, id }
}

/** The output of a node that an output at a level is; null where a sub-pipeline does not declare it. */
export function sourceOf(level: Level, { node, port }: Port): Port | null {
  const inner = level.inner.get(node)
  if (!inner) return { node: `${level.prefix}${node}`, port }
  const declared = ownValue(inner.pipeline.outputs ?? {}, port)
  return declared === undefined ? null : sourceOf(inner, parsePort(declared))
}

/** The inputs of nodes that an input at a level is. */
export function targetsOf(level: Level, { node, port }: Port): Port[] {
  const inner = level.inner.get(node)
  if (!inner) return [{ node: `${level.prefix}${node}`, port }]
  const declared = ownValue(inner.pipeline.inputs ?? {}, port) ?? []
  return declared.flatMap((each) => targetsOf(inner, parsePort(each)))
}

/** The nodes whose outputs are meant for something at a level, or inside it: by an edge, or as declared outputs. */
export function sourcesMeant(level: Level): string[] {
  const { outputs = {}, edges } = level.pipeline
  const ports = [...Object.values(outputs).map(parsePort), ...edges.map((edge) => parseEdge(edge).from)]
  return [
    ...ports.flatMap((port) => sourceOf(level, port)?.node ?? []),
    ...[...level.inner.values()].flatMap((inner) => sourcesMeant(inner)),
  ]
}

/** The input that an inner port is, as far out as it is declared; null where it is no declared input. */
export function declaredInput(level: Level, { node, port }: Port): { level: Level; port: string } | null {
  const flat = `${level.prefix}${node}.${port}`
  const found = Object.entries(level.pipeline.inputs ?? {}).find(([, ports]) =>
    ports.some((each) => targetsOf(level, parsePort(each)).some((target) => formatPort(target) === flat)),
  )
  if (!found) return null
  const { outer } = level
  const further = outer && declaredInput(outer.level, { node: outer.node, port: found[0] })
  return further ?? { level, port: found[0] }
}
