import { z } from 'zod'
import type { Edit } from '../core/edits.ts'
import { freeName } from '../core/free-name.ts'
import type { Json, Pipeline, PipelineNode, PipelineParameter } from '../core/pipeline.ts'
import { subpipelineNamed } from '../core/subpipeline-use.ts'
import { learnsFrom, type AnyNodeDefinition } from '../node-kit/define-node.ts'
import { proposeRange, type ProposedRange, type RangeSchema } from '../node-kit/propose-range.ts'

/** A parameter that a search could vary. */
export interface SearchProposal {
  /** In the sub-pipeline: where the parameter is, and what the node is called. */
  node: string
  nodeTitle: string
  param: string
  title: string
  /** Of the sub-pipeline: what the parameter refers to, or will. */
  parameter: string
  range: ProposedRange
  /** Makes the parameter one of the sub-pipeline where it is not, and adds it to the search space. */
  edits: readonly Edit[]
}

type ParamSchema = RangeSchema & { title?: string; description?: string }

/**
 * What a node that tunes a sub-pipeline could vary there: parameters of nodes that learn, with ranges that follow from their
 * schemas and from what they are set to. None where the sub-pipeline is not a copy in this pipeline.
 */
export function proposeSearchSpace(
  pipeline: Pipeline,
  tuner: string,
  definitions: readonly AnyNodeDefinition[],
): SearchProposal[] {
  const node = pipeline.nodes[tuner]
  const name = node && subpipelineNamed(node)
  const copy = typeof name === 'string' ? pipeline.subpipelines?.[name] : undefined
  if (!node || typeof name !== 'string' || !copy || !('pipeline' in copy)) return []
  const inner = copy.pipeline
  const space = Array.isArray(node.params['space']) ? node.params['space'] : []
  return Object.entries(inner.nodes).flatMap(([id, each]) => {
    const definition = definitions.find((known) => known.id === each.type)
    if (!definition || each.disabled || !learns(definition, each)) return []
    const { properties = {} } = z.toJSONSchema(definition.params as z.ZodType, { io: 'input' })
    return Object.entries(properties).flatMap(([param, schema]) => {
      const found = proposalOf({ id, node: each, param, schema: schema as ParamSchema }, inner)
      if (!found) return []
      const dimension = { ...found.range, parameter: found.parameter }
      return [
        {
          node: id,
          nodeTitle: each.title ?? definition.title,
          param,
          title: (schema as ParamSchema).title ?? param,
          parameter: found.parameter,
          range: found.range,
          edits: [
            ...(found.edits.length > 0
              ? [{ kind: 'edit-subpipeline' as const, subpipeline: name, edits: [...found.edits] }]
              : []),
            { kind: 'set-param' as const, node: tuner, path: ['space'], value: [...space, dimension] },
          ],
        },
      ]
    })
  })
}

/** Whether a node learns from rows, with what it is set to as far as that is no reference. */
function learns(definition: AnyNodeDefinition, { params }: PipelineNode): boolean {
  const given = Object.fromEntries(Object.entries(params).filter(([, value]) => referenceIn(value) === null))
  const read = definition.params.safeParse(given)
  return !read.success || learnsFrom(definition, read.data) === 'train-rows'
}

interface Place {
  id: string
  node: PipelineNode
  param: string
  schema: ParamSchema
}

function proposalOf(
  place: Place,
  { parameters }: Pipeline,
): { parameter: string; range: ProposedRange; edits: readonly Edit[] } | null {
  const { id, node, param, schema } = place
  const given = node.params[param]
  const referred = referenceIn(given)
  if (referred !== null) {
    const range = proposeRange(schema, parameters[referred]?.default)
    return range && { parameter: referred, range, edits: [] }
  }
  const range = proposeRange(schema, given)
  const parameter = range && parameterFor(range, given ?? schema.default)
  if (!range || !parameter) return null
  const isTaken = (name: string): boolean => Object.hasOwn(parameters, name)
  const name = freeName(param.replaceAll(/\W/g, '') || 'parameter', isTaken)
  const texts = {
    ...(schema.title !== undefined && { title: schema.title }),
    ...(schema.description !== undefined && { description: schema.description }),
  }
  return {
    parameter: name,
    range,
    edits: [
      { kind: 'set-parameter', name, parameter: { ...parameter, ...texts } },
      { kind: 'set-param', node: id, path: [param], value: `\${${name}}` },
    ],
  }
}

/** The name in a value that is nothing but a reference to a parameter: `${rate}` → `rate`. */
const referenceIn = (value: Json | undefined): string | null =>
  (typeof value === 'string' && /^\$\{([A-Za-z]\w*)\}$/.exec(value)?.[1]) || null

/** A parameter that takes all values of a range; null where they are of several types. */
function parameterFor(range: ProposedRange, value: Json | undefined): PipelineParameter | null {
  if (range.type !== 'choice')
    return { type: range.type, ...(typeof value === 'number' && { default: value }) }
  if (range.values.every((each) => typeof each === 'boolean'))
    return { type: 'boolean', ...(typeof value === 'boolean' && { default: value }) }
  if (!range.values.every((each) => typeof each === 'string')) return null
  return { type: 'text', ...(typeof value === 'string' && { default: value }) }
}
