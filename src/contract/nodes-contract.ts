import { z } from 'zod'
import { stages } from '../node-kit/define-node.ts'
import { operation } from './operation.ts'

export const nodeSummarySchema = z.strictObject({
  id: z.string(),
  version: z.int(),
  stage: z.enum(stages),
  title: z.string(),
  summary: z.string(),
  keywords: z.array(z.string()).readonly(),
  effect: z.enum(['pure', 'source', 'sink']),
})
export type NodeSummary = z.infer<typeof nodeSummarySchema>

const portSchema = z.strictObject({
  type: z.enum(['table', 'model', 'report']),
  title: z.string(),
  description: z.string().exactOptional(),
  many: z.boolean().exactOptional(),
  optional: z.boolean().exactOptional(),
  /** Of an output: it need not be given. */
  conditional: z.boolean().exactOptional(),
  /** Of an input: what should arrive here may fail. */
  acceptsFailure: z.boolean().exactOptional(),
  /** Of an input: another, in whose place it is taken. */
  standsInFor: z.string().exactOptional(),
})

/** A definition as data: all that a form, a reference page or a search needs of it. */
export const nodeDescriptionSchema = nodeSummarySchema.extend({
  description: z.string(),
  inputs: z.record(z.string(), portSchema),
  outputs: z.record(z.string(), portSchema),
  /** JSON Schema of the parameters as a file writes them. */
  params: z.record(z.string(), z.json()),
  /** Null where it depends on the parameters. */
  learnsFrom: z.enum(['nothing', 'train-rows', 'all-rows']).nullable(),
  failures: z.record(
    z.string(),
    z.strictObject({
      kind: z.enum(['user', 'environment', 'defect']),
      message: z.string(),
      remedy: z.string(),
    }),
  ),
  examples: z.array(z.strictObject({ title: z.string(), params: z.record(z.string(), z.json()) })).readonly(),
})
export type NodeDescription = z.infer<typeof nodeDescriptionSchema>

export const nodesContract = {
  list: operation.output(z.strictObject({ nodes: z.array(nodeSummarySchema) })),
  /** All of them at once, for an editor. */
  catalogue: operation.output(z.strictObject({ nodes: z.array(nodeDescriptionSchema) })),
  show: operation.input(z.strictObject({ id: z.string() })).output(nodeDescriptionSchema),
}
