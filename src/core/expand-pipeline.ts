import { PipewrightError } from './errors.ts'
import { expandEdges, type EdgeOrigin } from './expand-edges.ts'
import type { Level } from './expansion-level.ts'
import { didYouMean } from './nearest-name.ts'
import { ownValue } from './own-value.ts'
import { pipelineError } from './pipeline-errors.ts'
import { parsePort, pipelineLimits, type Pipeline, type PipelineNode } from './pipeline.ts'
import { fillParameters, type ParameterValue } from './resolve-parameters.ts'
import { subpipelineUse, type SubpipelineUse } from './subpipeline-use.ts'

/** By the hash of a reference: the pipeline that it means, or why it cannot be had. */
export type ReferencedPipelines = ReadonlyMap<string, Pipeline | PipewrightError>

export const maximumNesting = 64

export interface ExpansionRequest {
  pipeline: Pipeline
  /** Values of its parameters. */
  given: Readonly<Record<string, ParameterValue>>
  references: ReferencedPipelines
}

/** A pipeline with the nodes of its sub-pipelines in place of those that stand for them. */
export interface ExpandedPipeline {
  /** Parameters as written. Nodes that stand for a sub-pipeline that cannot be had are still there. */
  document: Pipeline
  /** Parameters filled in. */
  pipeline: Pipeline
  problems: readonly PipewrightError[]
  /** Nodes with a reference to a parameter that could not be filled in; it stands there as it was. */
  unfilled: ReadonlySet<string>
  top: Level
  /** Where each edge comes from. */
  origins: ReadonlyMap<string, EdgeOrigin>
}

/** Puts sub-pipelines in place and fills in parameters, to any depth; says all that is wrong with either. */
export function expandPipeline({ pipeline, given, references }: ExpansionRequest): ExpandedPipeline {
  const top: Level = { prefix: '', pipeline, outer: null, isEditable: true, inner: new Map() }
  const expander = new Expander(references)
  expander.expand(top, { given })
  const { edges, origins, problems } = expandEdges(top)
  const flat = { ...pipeline, edges }
  return {
    document: { ...flat, nodes: Object.fromEntries(expander.written) },
    pipeline: { ...flat, nodes: Object.fromEntries(expander.filled) },
    problems: [...expander.problems, ...problems],
    unfilled: expander.unfilled,
    top,
    origins,
  }
}

interface Surroundings {
  given: Readonly<Record<string, ParameterValue>>
  /** The node that stands for it is disabled, so all of it is. */
  isDisabled?: boolean
  /** Its parameters are not known. */
  isUnfilled?: boolean
}

class Expander {
  readonly written = new Map<string, PipelineNode>()
  readonly filled = new Map<string, PipelineNode>()
  readonly problems: PipewrightError[] = []
  readonly unfilled = new Set<string>()
  readonly #references: ReferencedPipelines
  #nodes = 0

  constructor(references: ReferencedPipelines) {
    this.#references = references
  }

  expand(level: Level, { given, isDisabled = false, isUnfilled = false }: Surroundings): void {
    const { pipeline, prefix } = level
    const { pipeline: filled, problems, unfilled } = fillParameters({ pipeline, given })
    if (!isUnfilled && !isDisabled)
      for (const problem of problems) this.problems.push(placedIn(level, problem))
    for (const [id, node] of Object.entries(pipeline.nodes)) {
      const isOff = isDisabled || node.disabled === true
      const filledNode = filled.nodes[id]!
      const use = subpipelineUse(filledNode)
      const inner = use && this.#enter(level, { id, use, isOff })
      if (inner) {
        this.expand(inner, {
          given: use.parameters,
          isDisabled: isOff,
          isUnfilled: isUnfilled || unfilled.has(id),
        })
        continue
      }
      const flatId = `${prefix}${id}`
      const disabled = isDisabled && { disabled: true }
      this.written.set(flatId, isDisabled ? { ...node, ...disabled } : node)
      this.filled.set(flatId, isDisabled ? { ...filledNode, ...disabled } : filledNode)
      if (isUnfilled || unfilled.has(id)) this.unfilled.add(flatId)
    }
  }

  /** The sub-pipeline in the place of a node; null, and a problem, where that cannot be. */
  #enter(
    level: Level,
    { id, use, isOff }: { id: string; use: SubpipelineUse; isOff: boolean },
  ): Level | null {
    try {
      return this.#innerLevel(level, id, use)
    } catch (problem) {
      if (!(problem instanceof PipewrightError)) throw problem
      const at = { node: `${level.prefix}${id}`, param: 'subpipeline' }
      if (!isOff)
        this.problems.push(
          new PipewrightError({
            ...problem.toReport(),
            at,
            values: { ...problem.values, subpipeline: use.subpipeline },
          }),
        )
      return null
    }
  }

  #innerLevel(level: Level, id: string, { subpipeline }: SubpipelineUse): Level {
    const { subpipelines = {} } = level.pipeline
    const entry = ownValue(subpipelines, subpipeline)
    if (!entry) {
      const remedy = didYouMean(
        subpipeline,
        Object.keys(subpipelines),
        'Add it to the file, or choose another.',
      )
      throw pipelineError('no-subpipeline', { subpipeline, remedy })
    }
    const prefix = `${level.prefix}${id}/`
    if (prefix.split('/').length > maximumNesting)
      throw pipelineError('subpipelines-too-deep', { limit: maximumNesting })
    const pipeline = 'pipeline' in entry ? entry.pipeline : this.#references.get(entry.hash)
    if (pipeline instanceof PipewrightError) throw pipeline
    if (!pipeline) throw pipelineError('no-subpipeline', { subpipeline, remedy: 'Its file was not read.' })
    this.#nodes += Object.keys(pipeline.nodes).length
    const { nodes: limit } = pipelineLimits
    if (this.#nodes > limit) throw pipelineError('too-many-nodes', { count: this.#nodes, limit })
    const inner: Level = {
      prefix,
      pipeline,
      outer: { level, node: id, subpipeline },
      isEditable: level.isEditable && 'pipeline' in entry,
      inner: new Map(),
    }
    level.inner.set(id, inner)
    this.problems.push(...badDeclarations(inner))
    return inner
  }
}

/** A problem with the parameters of a level, at the place where a reader finds it. */
function placedIn({ prefix, outer, pipeline }: Level, problem: PipewrightError): PipewrightError {
  const { at, code, values } = problem
  if (!outer) return problem
  if (at) return new PipewrightError({ ...problem.toReport(), at: { ...at, node: `${prefix}${at.node}` } })
  const { subpipeline, level, node } = outer
  const name = String(values['name'])
  const place = { at: { node: `${level.prefix}${node}`, param: `parameters.${name}` } }
  switch (code) {
    case 'pipeline.missing-value':
      return pipelineError('missing-inner-value', { name, subpipeline }, place)
    case 'pipeline.unknown-parameter': {
      const names = Object.keys(pipeline.parameters)
      const remedy = didYouMean(name, names, 'Remove the value.')
      return pipelineError('unknown-inner-parameter', { name, subpipeline, remedy }, place)
    }
    default:
      return new PipewrightError({ ...problem.toReport(), ...place })
  }
}

/** Declared inputs and outputs that speak of a node that is not there. */
function badDeclarations({ pipeline, outer }: Level): PipewrightError[] {
  const { inputs = {}, outputs = {}, nodes } = pipeline
  const { level, node: outerNode, subpipeline } = outer!
  const declared = [
    ...Object.entries(inputs).flatMap(([port, ports]) =>
      ports.map((inner) => ['input', port, inner] as const),
    ),
    ...Object.entries(outputs).map(([port, inner]) => ['output', port, inner] as const),
  ]
  return declared.flatMap(([direction, port, inner]) => {
    const { node } = parsePort(inner)
    if (Object.hasOwn(nodes, node)) return []
    const at = { node: `${level.prefix}${outerNode}`, port }
    return [pipelineError('no-inner-node', { direction, port, node, subpipeline }, { at })]
  })
}
