import { z } from 'zod'
import { schedulesSchema } from './automation.ts'

/** The format this version reads and writes. */
export const pipelineFormat = 1

export const pipelineLimits = { bytes: 10 * 1024 * 1024, nodes: 5_000, edges: 20_000, depth: 64 } as const

/** The key that sets an object's prototype. Others, such as `constructor`, are names of columns like any. */
export const unsafeKey = '__proto__'
/** Keys that every object has, or that reach its prototype; no part of a pipeline may be called so. */
export const forbiddenKeys: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype'])
const notForbidden = /(?!(?:__proto__|constructor|prototype)$)/.source

/** Node ids are what edges and metrics speak of: a letter, then letters, digits, `_` or `-`. */
const nodeIdPattern = new RegExp(`^${notForbidden}[A-Za-z][A-Za-z0-9_-]{0,63}$`)
export const nodeIdSchema = z
  .string()
  .regex(nodeIdPattern, 'A node id is a letter, then at most 63 letters, digits, “_” or “-”.')
const nodeId = /[A-Za-z][A-Za-z0-9_-]{0,63}/.source
const portName = /[A-Za-z][A-Za-z0-9]{0,63}/.source
const edgePattern = new RegExp(`^${nodeId}\\.${portName} -> ${nodeId}\\.${portName}$`)
/** In a pipeline whose sub-pipelines stand in place, an inner node is called `outer/inner`. */
const placedId = `${nodeId}(?:/${nodeId})*`
/** Before nodes that no file has; no node of a file can be called so. */
export const undrawnMark = '@'
const placedEdgePattern = new RegExp(
  `^(${undrawnMark}?${placedId})\\.(${portName}) -> (${placedId})\\.(${portName})$`,
)
export const edgeSchema = z.string().regex(edgePattern, 'An edge reads “node.output -> node.input”.')
export const sectionNameSchema = z.string().regex(new RegExp(`^${notForbidden}`), 'This name is reserved.')
const name = sectionNameSchema
const portNameSchema = z
  .string()
  .regex(
    new RegExp(`^${notForbidden}${portName}$`),
    'The name of an input or output is a letter, then at most 63 letters or digits.',
  )
const portPattern = new RegExp(`^(${nodeId})\\.(${portName})$`)
const portSchema = z.string().regex(portPattern, 'A port reads “node.port”.')

export const jsonSchema = z.json().meta({ id: 'json', description: 'Any JSON value' })
export type Json = z.infer<typeof jsonSchema>

/** x and y on the canvas, or width and height. */
export const positionSchema = z.tuple([z.int(), z.int()])
export type Position = z.infer<typeof positionSchema>

const texts = { title: z.string().optional(), description: z.string().optional() }
export const parameterSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.enum(['text', 'path']), default: z.string().optional(), ...texts }),
  z.strictObject({ type: z.literal('number'), default: z.number().optional(), ...texts }),
  z.strictObject({ type: z.literal('integer'), default: z.int().optional(), ...texts }),
  z.strictObject({ type: z.literal('boolean'), default: z.boolean().optional(), ...texts }),
])
export type PipelineParameter = z.infer<typeof parameterSchema>
const parameterNamePattern = new RegExp(`^${notForbidden}[A-Za-z][A-Za-z0-9_]*$`)
export const parameterNameSchema = z
  .string()
  .regex(parameterNamePattern, 'A parameter’s name is a letter, then letters, digits or “_”.')

export const nodeSchema = z.strictObject({
  type: z.string().min(1).meta({ description: 'Id of the node type, such as features.split' }),
  version: z.int().min(1).meta({ description: 'Version of the node type that the params were written for' }),
  title: z.string().optional(),
  note: z.string().optional(),
  disabled: z.boolean().optional(),
  params: z.record(name, jsonSchema).default({}),
})
export type PipelineNode = z.infer<typeof nodeSchema>

function uniqueList<Item extends z.ZodType<string>>(item: Item, message: string) {
  return z
    .array(item)
    .max(pipelineLimits.edges)
    .superRefine((list, context) => {
      const seen = new Set<string>()
      for (const [index, value] of list.entries()) {
        if (seen.has(value)) context.addIssue({ code: 'custom', path: [index], message })
        seen.add(value)
      }
    })
    .meta({ uniqueItems: true })
}
const edges = uniqueList(edgeSchema, 'This edge stands here twice.')

const note = z.strictObject({ text: z.string(), at: positionSchema, size: positionSchema.optional() })
const group = z.strictObject({
  title: z.string(),
  nodes: uniqueList(nodeIdSchema, 'This node stands here twice.'),
  collapsed: z.boolean().optional(),
})
const pin = z
  .strictObject({ port: z.string(), artifact: z.string() })
  .meta({ description: 'A golden output: the artifact that an output port of the node must give' })
const check = z
  .union([
    z.strictObject({
      node: nodeIdSchema,
      metric: z.string(),
      is: z.enum(['>=', '>', '<=', '<', '==']),
      value: z.number(),
    }),
    z.strictObject({ type: z.string(), params: z.record(name, jsonSchema) }),
  ])
  .meta({ description: 'A test of the pipeline: a metric held against a number, or a named check' })
const automation = z
  .strictObject({ schedules: schedulesSchema.optional() })
  .meta({ description: 'What starts the pipeline by itself' })
/** A copy inside the file, or a reference to a file by the hash of its content. */
export type Subpipeline = { pipeline: Pipeline } | { path: string; hash: string }
const subpipeline: z.ZodType<Subpipeline> = z.union([
  z.strictObject({ pipeline: z.lazy((): z.ZodType<Pipeline> => pipelineSchema) }),
  z.strictObject({ path: z.string(), hash: z.string() }),
])

const head = {
  format: z.literal(pipelineFormat),
  id: z.string().min(1).max(64),
  name: z.string().min(1).max(200),
  description: z.string().optional(),
  seed: z
    .int()
    .min(0)
    .max(2 ** 31 - 1)
    .default(0)
    .meta({ description: 'Everything that is drawn at random is drawn from this number' }),
  parameters: z.record(parameterNameSchema, parameterSchema).default({}),
  inputs: z
    .record(portNameSchema, uniqueList(portSchema, 'This port stands here twice.').min(1))
    .optional()
    .meta({ description: 'As a sub-pipeline: the inner inputs that get what arrives at each of its inputs' }),
  outputs: z
    .record(portNameSchema, portSchema)
    .optional()
    .meta({ description: 'As a sub-pipeline: the inner output that each of its outputs gives' }),
  nodes: z.record(nodeIdSchema, nodeSchema),
  edges: edges.default([]),
  links: edges.optional().meta({
    description: 'Relations that carry no data, such as feedback to its source; no part of the graph',
  }),
  notes: z.record(name, note).optional(),
  groups: z.record(name, group).optional(),
}
const tail = {
  pins: z.record(nodeIdSchema, pin).optional(),
  checks: z.array(check).optional(),
  automation: automation.optional(),
  layout: z.record(nodeIdSchema, positionSchema).default({}),
}
const flat = z.strictObject({ ...head, ...tail })

/** Format 1 of a pipeline file, field by field in canonical order. */
export const pipelineSchema = z
  .strictObject({ ...head, subpipelines: z.record(name, subpipeline).optional(), ...tail })
  .meta({ title: 'Pipewright pipeline' })
// Written out because a pipeline may hold pipelines, and inference stops at such a circle.
export interface Pipeline extends z.infer<typeof flat> {
  subpipelines?: Record<string, Subpipeline> | undefined
}

/** An edge taken apart. */
export interface Connection {
  from: { node: string; port: string }
  to: { node: string; port: string }
}

export type Port = Connection['from']

/** Takes the edge of a file apart, or that of a pipeline whose sub-pipelines stand in place. */
export function parseEdge(text: string): Connection {
  const match = placedEdgePattern.exec(text)
  if (!match) throw new TypeError(`not an edge: ${text}`)
  return { from: { node: match[1]!, port: match[2]! }, to: { node: match[3]!, port: match[4]! } }
}

export function formatEdge({ from, to }: Connection): string {
  return `${formatPort(from)} -> ${formatPort(to)}`
}

export function parsePort(text: string): Port {
  const match = portPattern.exec(text)
  if (!match) throw new TypeError(`not a port: ${text}`)
  return { node: match[1]!, port: match[2]! }
}

export const formatPort = ({ node, port }: Port): string => `${node}.${port}`
