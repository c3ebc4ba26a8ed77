import type { CheckResult } from '../checks/check-pipeline.ts'
import type { LivePipeline } from '../checks/resolve-disabled.ts'
import type { PortType } from '../core/artifacts.ts'
import type { ReferencedPipelines } from '../core/expand-pipeline.ts'
import type { LogState } from '../storage/log-state.ts'
import { isGivenInput } from './given-inputs.ts'
import type { Graph } from '../core/graph.ts'
import { nearestName } from '../core/nearest-name.ts'
import type { Connection, Pipeline } from '../core/pipeline.ts'
import type { AnyNodeDefinition, Ports } from '../node-kit/define-node.ts'
import { engineError } from './errors.ts'
import type { SkipCause } from './run-events.ts'
import { subpipelineOf } from './subpipeline-of.ts'

/** Which part of a pipeline is asked for; all of it where neither names a node. */
export interface RunScope {
  to?: readonly string[] | undefined
  from?: readonly string[] | undefined
}

/** One node as a run sees it: live, in scope, its parameters parsed. */
export interface RunStep {
  /** Unique in the run. */
  node: string
  /** Its node, as keys and results name it: without the item it is run for. */
  place: string
  title: string
  definition: AnyNodeDefinition
  params: unknown
  /** Inputs that something is connected to, and `many` ones in any case. */
  inputs: Readonly<Record<string, StepInput>>
  /** The nodes it is fed by, each once. */
  needs: readonly string[]
  /** It runs even if its key has a result. */
  isForced: boolean
  /** Of the deployments whose log it reads, as they are at the planning; null where there is none. */
  logs?: Readonly<Record<string, LogState | null>>
  /** What it runs for each of its items. */
  subpipeline: Pipeline | null
}

export interface StepInput {
  many: boolean
  /** The step can do without. */
  optional: boolean
  acceptsFailure: boolean
  /** The input in whose place it is taken. */
  standsInFor: string | null
  kind: PortType
  /** In the order of the edges. */
  from: readonly Connection['from'][]
}

/** The nodes that a pipeline without disabled nodes has in scope. Throws for an asked node that it does not have. */
export function nodesInScope(
  document: Pipeline,
  { pipeline: live, graph }: Pick<LivePipeline, 'pipeline' | 'graph'>,
  { to: toNames = [], from: fromNames = [] }: RunScope,
): ReadonlySet<string> {
  if (isWhole({ to: toNames, from: fromNames })) return new Set(graph.nodes)
  const [to, from] = [toNames, fromNames].map((names) => nodesNamed(names, live)) as [string[], string[]]
  for (const node of [...to, ...from]) requireNode(node, document, live)
  const following = withFollowers(graph, from)
  const wanted =
    to.length === 0 ? [...following] : to.filter((node) => from.length === 0 || following.has(node))
  if (wanted.length === 0) throw engineError('nothing-in-scope', { to: [...to], from: [...from] })
  const scope = new Set(wanted)
  for (const node of wanted) for (const ancestor of graph.ancestors(node)) scope.add(ancestor)
  return scope
}

/** With the name of a node that stands for a sub-pipeline, all that is in it is meant. */
export function nodesNamed(names: readonly string[], { nodes }: Pick<Pipeline, 'nodes'>): string[] {
  return names.flatMap((name) => {
    const inner = Object.hasOwn(nodes, name)
      ? []
      : Object.keys(nodes).filter((node) => node.startsWith(`${name}/`))
    return inner.length > 0 ? inner : [name]
  })
}

export const isWhole = ({ to = [], from = [] }: RunScope): boolean => to.length === 0 && from.length === 0

/** The steps of a run, inputs first. Every node in scope must have passed the check. */
export function runSteps(options: {
  check: CheckResult
  references: ReferencedPipelines
  definitions: ReadonlyMap<string, AnyNodeDefinition>
  inScope: ReadonlySet<string>
  forced: ReadonlySet<string>
}): RunStep[] {
  const { check, references, definitions, inScope, forced } = options
  const { pipeline: live, graph } = check.live
  const nodes = graph.order.filter((node) => inScope.has(node) && !isGivenInput(node))
  return nodes.map((node): RunStep => {
    const { type, title } = live.nodes[node]!
    const definition = definitions.get(type)!
    const connections = graph.into(node)
    return {
      node,
      place: node,
      title: title ?? definition.title,
      definition,
      params: check.params.get(node),
      inputs: inputsOf(connections, definition.inputs as Ports),
      needs: [...new Set(connections.map(({ from }) => from.node))].filter((need) => !isGivenInput(need)),
      isForced: forced.has(node),
      subpipeline: subpipelineOf(node, { check, definition, references }),
    }
  })
}

/** A node that a run leaves out. */
export interface SkippedNode {
  node: string
  type: string
  cause: SkipCause
}

/** The nodes that a run of the whole pipeline leaves out from the start. */
export function skippedNodes(document: Pipeline, { live }: CheckResult): SkippedNode[] {
  const causes: [string, SkipCause][] = [
    ...live.disabled.map((node): [string, SkipCause] => [node, { kind: 'disabled' }]),
    ...[...live.skipped].map(([node, disabled]): [string, SkipCause] => [
      node,
      { kind: 'needs-disabled', node: disabled },
    ]),
  ]
  return causes.map(([node, cause]) => ({ node, type: document.nodes[node]!.type, cause }))
}

function inputsOf(connections: readonly Connection[], ports: Ports): RunStep['inputs'] {
  const inputs = Object.entries(ports).map(([port, definition]): [string, StepInput] => {
    const { type, many = false, optional = false, acceptsFailure = false, standsInFor = null } = definition
    const from = connections.filter(({ to }) => to.port === port).map((connection) => connection.from)
    return [port, { many, optional, acceptsFailure, standsInFor, kind: type, from }]
  })
  return Object.fromEntries(inputs.filter(([, { many, from }]) => many || from.length > 0))
}

function withFollowers(graph: Graph, nodes: readonly string[]): Set<string> {
  const found = new Set(nodes)
  for (const node of nodes) for (const follower of graph.descendants(node)) found.add(follower)
  return found
}

/** Throws for a node that a pipeline does not have, or that is not live. */
export function requireNode(node: string, document: Pipeline, live: Pipeline): void {
  if (node in live.nodes) return
  if (node in document.nodes) throw engineError('node-off', { node })
  const near = nearestName(node, Object.keys(document.nodes))
  const hint = near ? `Did you mean “${near}”?` : '`pipewright describe FILE` shows its nodes.'
  throw engineError('unknown-node', { node, hint })
}
