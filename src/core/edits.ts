import { z } from 'zod'
import {
  edgeSchema,
  jsonSchema,
  nodeIdSchema,
  nodeSchema,
  parameterNameSchema,
  parameterSchema,
  pipelineSchema,
  positionSchema,
  sectionNameSchema,
  type Pipeline,
} from './pipeline.ts'

const index = z.int().min(0)
const parts = pipelineSchema.shape

/** Replaces a whole section; null takes it away, or brings its default back. */
const setField = z.discriminatedUnion('field', [
  section('name', parts.name),
  section('description', parts.description.unwrap().nullable()),
  section('seed', parts.seed.unwrap().nullable()),
  section('inputs', parts.inputs.unwrap().nullable()),
  section('outputs', parts.outputs.unwrap().nullable()),
  section('edges', parts.edges.unwrap().nullable()),
  section('links', parts.links.unwrap().nullable()),
  section('notes', parts.notes.unwrap().nullable()),
  section('groups', parts.groups.unwrap().nullable()),
  section('subpipelines', parts.subpipelines.unwrap().nullable()),
  section('pins', parts.pins.unwrap().nullable()),
  section('checks', parts.checks.unwrap().nullable()),
  section('automation', parts.automation.unwrap().nullable()),
  section('layout', parts.layout.unwrap().nullable()),
])

function section<const Field extends string, Value extends z.ZodType>(field: Field, value: Value) {
  return z.strictObject({ kind: z.literal('set-field'), field: z.literal(field), value })
}

const editOfParts = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('add-node'),
    id: nodeIdSchema,
    node: nodeSchema,
    at: positionSchema.optional(),
    /** Its place among the nodes; the end when absent. */
    index: index.optional(),
  }),
  /** Takes the node’s edges, links, pin, checks, position and group membership with it. */
  z.strictObject({ kind: z.literal('remove-node'), id: nodeIdSchema }),
  z.strictObject({ kind: z.literal('rename-node'), from: nodeIdSchema, to: nodeIdSchema }),
  /** A parameter by its path, such as `['columns', 0]`; without a value it is taken away (its default counts). */
  z.strictObject({
    kind: z.literal('set-param'),
    node: nodeIdSchema,
    path: z.array(z.union([z.string(), index])).min(1),
    value: jsonSchema.optional(),
  }),
  /** Null takes a field away. */
  z.strictObject({
    kind: z.literal('set-node'),
    node: nodeIdSchema,
    fields: z.strictObject({
      title: z.string().nullable().optional(),
      note: z.string().nullable().optional(),
      disabled: z.boolean().nullable().optional(),
    }),
  }),
  /** Replaces type, version and parameters, as an upgrade does. */
  z.strictObject({ kind: z.literal('replace-node'), node: nodeIdSchema, with: nodeSchema }),
  /** Without an index it goes behind the last edge that ends at the same node, else to the end. */
  z.strictObject({ kind: z.literal('add-edge'), edge: edgeSchema, index: index.optional() }),
  z.strictObject({ kind: z.literal('remove-edge'), edge: edgeSchema }),
  /** Null leaves the place of a node to whoever draws. */
  z.strictObject({
    kind: z.literal('move-nodes'),
    positions: z.record(nodeIdSchema, positionSchema.nullable()),
  }),
  /** Null takes the parameter away; the index is that of a new one. */
  z.strictObject({
    kind: z.literal('set-parameter'),
    name: parameterNameSchema,
    parameter: parameterSchema.nullable(),
    index: index.optional(),
  }),
  /** Puts nodes into a new sub-pipeline; a node that stands for it takes the place of the first. */
  z.strictObject({
    kind: z.literal('make-subpipeline'),
    nodes: z.array(nodeIdSchema).min(1),
    id: nodeIdSchema,
    /** Its name among the sub-pipelines. */
    subpipeline: sectionNameSchema,
  }),
  /** Puts what stands in a sub-pipeline in the place of the node that stands for it. */
  z.strictObject({ kind: z.literal('dissolve-subpipeline'), node: nodeIdSchema }),
  setField,
])
type EditOfParts = z.infer<typeof editOfParts>

/** Changes in the copy of a sub-pipeline. */
interface EditSubpipeline {
  kind: 'edit-subpipeline'
  subpipeline: string
  edits: Edit[]
}

/** A change of a pipeline, as data: it can be stored, sent, undone (every edit has an inverse) and offered as a fix. */
export type Edit = EditOfParts | EditSubpipeline
// Written out because an edit may hold edits, and inference stops at such a circle.
export const editSchema: z.ZodType<Edit> = z.discriminatedUnion('kind', [
  editOfParts,
  z.strictObject({
    kind: z.literal('edit-subpipeline'),
    subpipeline: z.string(),
    edits: z.array(z.lazy(() => editSchema)),
  }),
])
export type EditOf<Kind extends Edit['kind']> = Extract<Edit, { kind: Kind }>

/** What an edit gives. */
export interface Edited {
  pipeline: Pipeline
  /** Applied in order, these give back the pipeline as it was. */
  inverse: readonly Edit[]
}
