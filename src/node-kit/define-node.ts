import type { z } from 'zod'
import type { Artifact, PortType } from '../core/artifacts.ts'
import type { ErrorEntry } from '../core/errors.ts'
import type { ModelShape, ReportShape, TableShape } from '../core/columns.ts'
import type { Connection } from '../core/pipeline.ts'
import type { InputShapes, NodeFinding, Shapes } from './propagation.ts'
import type { RunContext } from './run-context.ts'

export const stages = [
  'ingestion',
  'validation',
  'features',
  'training',
  'serving',
  'monitoring',
  'flow',
] as const
export type Stage = (typeof stages)[number]

export interface PortDefinition {
  type: PortType
  title: string
  description?: string
  /** Several edges may end here; the runner gets a list, in the order of the edges. */
  many?: boolean
  /** Nothing need be connected here. */
  optional?: boolean
  /** Of an output: it need not be given. What cannot do without it is then skipped, and nothing has failed. */
  conditional?: boolean
  /** Of an input: what should arrive here may fail; the step then runs without it. */
  acceptsFailure?: boolean
  /** Of an input: another, in whose place it is taken; where something came there, nothing is missed here. */
  standsInFor?: string
}
export type Ports = Readonly<Record<string, PortDefinition>>

export interface ShapeByPort {
  table: TableShape
  model: ModelShape
  report: ReportShape
}

/** An example that the conformance suite runs and the reference page shows. */
export interface NodeExample {
  title: string
  params: Readonly<Record<string, unknown>>
  /** What feeds each input: a small table, or what an example of another node gave. */
  inputs: Readonly<Record<string, ExampleInput | readonly ExampleInput[]>>
  /** Files the example reads, by the path that its parameters name. */
  files?: Readonly<Record<string, string | { base64: string }>>
}
export type ExampleInput = ExampleTable | { from: string; example?: number; output: string }
export interface ExampleTable {
  /** CSV text with a header; empty fields are nulls. */
  csv: string
  roles?: Readonly<Record<string, string>>
  /** Part of each row, in order: train, validation or test. */
  split?: readonly ('train' | 'validation' | 'test')[]
}

/**
 * Which rows an outcome depends on beyond the row at hand: `train-rows` for what fits, `all-rows` for values
 * computed over the whole table. Either before a split is a leak, which the document check reports.
 */
export type LearnsFrom = 'nothing' | 'train-rows' | 'all-rows'

/**
 * Everything that can be said of a node type, once. Form, defaults, checks, command line help, JSON schema,
 * reference page and search are made from this object; the work is in `run.ts` beside it.
 */
export interface NodeDefinition<
  In extends Ports = Ports,
  Out extends Ports = Ports,
  Params extends z.ZodObject = z.ZodObject,
  Failures extends Readonly<Record<string, ErrorEntry>> = Readonly<Record<string, ErrorEntry>>,
> {
  /** `stage.name`, kebab case. */
  id: `${Stage}.${string}`
  version: number
  title: string
  /** One sentence, for the palette. */
  summary: string
  /** A paragraph or two for the reference page: what it does to which rows, and what to mind. */
  description: string
  /** Words a user may search for that stand nowhere else. */
  keywords: readonly string[]
  inputs: In
  outputs: Out
  /**
   * Every field has a default, is required, or says what its absence means; it carries
   * `.meta({ title, description, widget?, unit? })`.
   */
  params: Params
  /** Errors that the runner raises with `context.fail(code, values)`. */
  failures: Failures
  examples: readonly NodeExample[]
  /**
   * `pure`: its outputs depend on its inputs and parameters alone. `source`: reads something outside the
   * pipeline. `sink`: changes something outside, is reconciled rather than skipped.
   */
  effect: 'pure' | 'source' | 'sink'
  /** A function where it depends on the parameters; read it with `learnsFrom(definition, params)`. */
  learnsFrom: LearnsFrom | ((params: z.output<Params>) => LearnsFrom)
  /**
   * For nodes that run a sub-pipeline for each of several items. The step is never taken from the cache, but the steps of
   * its items are. What an item gives is in `probed`, as far as it can be known.
   */
  runsSubpipeline?(params: z.output<Params>): ItemPipeline
  /** Something else stands in its place before anything runs: it has no runner, and no ports of its own. */
  isExpanded?: true
  /** Only its runner can tell the columns: it is probed with the shapes of its inputs, as soon as they are known. */
  probesInputs?: true
  /** For sources: paths, out of the parameters, of the files whose content is part of the key. */
  files?(params: z.output<Params>): readonly string[]
  /** For sources: patterns, out of the parameters, of files whose names and content are part of the key. */
  filePatterns?(params: z.output<Params>): readonly string[]
  /** For sources: deployments, out of the parameters, whose log is part of the key, as far as it is written at the planning. */
  logs?(params: z.output<Params>): readonly string[]
  /** For sinks: paths, out of the parameters, of the files it writes; outside the workspace they need trust. */
  writes?(params: z.output<Params>): readonly string[]
  /**
   * For sinks: origins, out of the parameters, of the servers it sends something to, or the reference to the secret that
   * says which; they need trust.
   */
  sends?(params: z.output<Params>): readonly string[]
  /**
   * Parameters for a preview on a sample of the rows, where the node asks for what only all of them can hold to: it then
   * says what it found, and lets the rows pass.
   */
  paramsForSample?(params: z.output<Params>): z.input<Params>
  /** Shapes of the outputs and what is wrong with the parameters, from the shapes of the inputs. No I/O. */
  propagate(context: PropagationContext<In, z.output<Params>>): {
    outputs: { [Port in keyof Out]: ShapeByPort[Out[Port]['type']] }
    findings?: readonly NodeFinding[]
  }
  /** How the parameters of version n become those of version n + 1. */
  upgrades?: Readonly<Record<number, (params: Record<string, unknown>) => Record<string, unknown>>>
}

/** How a node runs a sub-pipeline for its items. */
export interface ItemPipeline {
  /** Its name among the sub-pipelines of the pipeline that the node stands in. */
  subpipeline: string
  /** By its inputs: the port of the node whose columns arrive there. */
  inputs: Readonly<Record<string, string>>
  /** Values of its parameters that are the same for every item. */
  parameters: Readonly<Record<string, string | number | boolean>>
  /** Its parameters that each item gives a value of its own. */
  itemParameters: readonly string[]
  /** Its outputs that are taken. */
  outputs: readonly string[]
}

export interface PropagationContext<In extends Ports, Params> {
  inputs: { [Port in keyof In]: ShapeOf<In[Port]> }
  params: Params
  node: string
  /** The outputs that feed each input port, in the order of the edges: for quick fixes that rewire. */
  feeds: Readonly<Record<string, readonly Connection['from'][]>>
  /** A node id that is not taken yet, like the wish: for quick fixes that add a node. */
  freeNodeId(wish: string): string
  /** For sources and what probes its inputs: what that gave, or null where it could not be read. */
  probed: Shapes | null
}
type ShapeOf<Port extends PortDefinition> = Port extends { many: true }
  ? readonly ShapeByPort[Port['type']][]
  : Port extends { optional: true }
    ? ShapeByPort[Port['type']] | undefined
    : ShapeByPort[Port['type']]

export function defineNode<
  const In extends Ports,
  const Out extends Ports,
  Params extends z.ZodObject,
  const Failures extends Readonly<Record<string, ErrorEntry>>,
>(definition: NodeDefinition<In, Out, Params, Failures>): NodeDefinition<In, Out, Params, Failures> {
  return Object.freeze(definition)
}

/** A definition whose own types are not known: what lists, checks and the engine handle. */
// oxlint-disable-next-line typescript/no-explicit-any -- existential: the one place where a definition's own types are let go
export type AnyNodeDefinition = NodeDefinition<any, any, any, any>

/** Which rows a node with these (parsed) parameters learns from. */
export function learnsFrom(definition: AnyNodeDefinition, params: unknown): LearnsFrom {
  const answer: unknown = definition.learnsFrom
  return typeof answer === 'function'
    ? (answer as (params: unknown) => LearnsFrom)(params)
    : (answer as LearnsFrom)
}

type ArtifactOf<Port extends PortDefinition> = Artifact<Port['type']>
type InputOf<Port extends PortDefinition> = Port extends { many: true }
  ? readonly ArtifactOf<Port>[]
  : Port extends { optional: true }
    ? ArtifactOf<Port> | undefined
    : ArtifactOf<Port>

type ConditionalPorts<Out extends Ports> = {
  [Port in keyof Out]: Out[Port] extends { conditional: true } ? Port : never
}[keyof Out]
type OutputsOf<Out extends Ports> = {
  [Port in Exclude<keyof Out, ConditionalPorts<Out>>]: ArtifactOf<Out[Port]>
} & { [Port in ConditionalPorts<Out>]?: ArtifactOf<Out[Port]> }

/** The work of a node: input artifacts and parameters in, output artifacts out. */
export type RunOf<Definition> =
  Definition extends NodeDefinition<infer In, infer Out, infer Params, infer Failures>
    ? (
        inputs: { [Port in keyof In]: InputOf<In[Port]> },
        params: z.output<Params>,
        context: RunContext<keyof Failures & string>,
      ) => Promise<OutputsOf<Out>>
    : never

/** What the runner of a node gets beside inputs and parameters. */
export type ContextOf<Definition> =
  Definition extends NodeDefinition<infer _In, infer _Out, infer _Params, infer Failures>
    ? RunContext<keyof Failures & string>
    : never

/** Finds out the shape of the outputs without producing them: for sources, and for what `probesInputs`. */
export type ProbeOf<Definition> =
  Definition extends NodeDefinition<infer _In, infer _Out, infer Params, infer Failures>
    ? (
        params: z.output<Params>,
        context: RunContext<keyof Failures & string>,
        inputs: InputShapes,
      ) => Promise<Shapes>
    : never

/** What `run.ts` exports. */
export interface Runner {
  run(
    inputs: Readonly<Record<string, Artifact | readonly Artifact[] | undefined>>,
    params: unknown,
    context: RunContext,
  ): Promise<Record<string, Artifact>>
  probe?(params: unknown, context: RunContext, inputs: InputShapes): Promise<Shapes>
}

export type { Widget } from './param-meta.ts'
