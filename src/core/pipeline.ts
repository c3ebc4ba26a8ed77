import { z } from 'zod'

export const pipelineLimits = { bytes: 10 * 1024 * 1024, nodes: 5_000, depth: 64 } as const

/** Node ids are what edges and metrics speak of: a letter, then letters, digits, `_` or `-`. */
export const nodeIdPattern = /^[A-Za-z][A-Za-z0-9_-]{0,63}$/
const nodeId = z
  .string()
  .regex(nodeIdPattern, 'A node id is a letter followed by letters, digits, “_” or “-”.')
const portName = /[A-Za-z][A-Za-z0-9]{0,63}/.source
export const edgePattern = new RegExp(
  `^([A-Za-z][A-Za-z0-9_-]{0,63})\\.(${portName}) -> ([A-Za-z][A-Za-z0-9_-]{0,63})\\.(${portName})$`,
)
const edge = z.string().regex(edgePattern, 'An edge reads “node.output -> node.input”.')
const position = z.tuple([z.int(), z.int()])

export const parameterTypes = ['text', 'number', 'integer', 'boolean', 'path'] as const
const parameter = z.strictObject({
  type: z.enum(parameterTypes),
  default: z.union([z.string(), z.number(), z.boolean()]).optional(),
  title: z.string().optional(),
  description: z.string().optional(),
})
export type PipelineParameter = z.infer<typeof parameter>

const node = z.strictObject({
  type: z.string(),
  version: z.int().min(1),
  title: z.string().optional(),
  note: z.string().optional(),
  disabled: z.boolean().optional(),
  params: z.record(z.string(), z.json()).default({}),
})
export type PipelineNode = z.infer<typeof node>

const note = z.strictObject({ text: z.string(), at: position, size: position.optional() })
const group = z.strictObject({ title: z.string(), nodes: z.array(nodeId), collapsed: z.boolean().optional() })
/** A copy inside the file, or a reference to a file by the hash of its content. */
const subpipeline = z.union([
  z.strictObject({ pipeline: z.json() }),
  z.strictObject({ path: z.string(), hash: z.string() }),
])
/** A golden output: the artifact that a node's output port must give. */
const pin = z.strictObject({ port: z.string(), artifact: z.string() })
/** A test of the pipeline: a metric of a node held against a number, or a named check with parameters. */
const check = z.union([
  z.strictObject({
    node: nodeId,
    metric: z.string(),
    is: z.enum(['>=', '>', '<=', '<', '==']),
    value: z.number(),
  }),
  z.strictObject({ type: z.string(), params: z.record(z.string(), z.json()) }),
])
const automation = z.strictObject({
  schedules: z.array(z.record(z.string(), z.json())).optional(),
  retraining: z.record(z.string(), z.json()).optional(),
})

/** Format 1 of a pipeline file, field by field in canonical order. */
export const pipelineSchema = z.strictObject({
  format: z.literal(1),
  id: z.string().min(1).max(64),
  name: z.string().min(1).max(200),
  description: z.string().optional(),
  seed: z
    .int()
    .min(0)
    .max(2 ** 31 - 1)
    .default(0),
  parameters: z.record(z.string().regex(/^[A-Za-z][A-Za-z0-9_]*$/), parameter).default({}),
  nodes: z.record(nodeId, node),
  edges: z.array(edge).default([]),
  /** Relations that carry no data, such as feedback to its source: drawn, but no part of the acyclic graph. */
  links: z.array(edge).optional(),
  notes: z.record(z.string(), note).optional(),
  groups: z.record(z.string(), group).optional(),
  subpipelines: z.record(z.string(), subpipeline).optional(),
  pins: z.record(nodeId, pin).optional(),
  checks: z.array(check).optional(),
  automation: automation.optional(),
  layout: z.record(nodeId, position).default({}),
})
export type Pipeline = z.infer<typeof pipelineSchema>
export type Position = z.infer<typeof position>

/** An edge taken apart. */
export interface Connection {
  from: { node: string; port: string }
  to: { node: string; port: string }
}

export function parseEdge(text: string): Connection {
  const match = edgePattern.exec(text)
  if (!match) throw new TypeError(`not an edge: ${text}`)
  return { from: { node: match[1]!, port: match[2]! }, to: { node: match[3]!, port: match[4]! } }
}

export function formatEdge({ from, to }: Connection): string {
  return `${from.node}.${from.port} -> ${to.node}.${to.port}`
}
