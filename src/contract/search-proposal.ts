import { z } from 'zod'
import { editSchema } from '../core/edits.ts'

const numbers = { low: z.number(), high: z.number(), scale: z.enum(['linear', 'log']) }
const range = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('number'), ...numbers }),
  z.strictObject({ type: z.literal('integer'), ...numbers }),
  z.strictObject({
    type: z.literal('choice'),
    values: z.array(z.union([z.string(), z.number(), z.boolean()])).min(1),
  }),
])

/** A parameter of a sub-pipeline that a search could vary. */
export const searchProposalSchema = z.strictObject({
  /** In the sub-pipeline: where the parameter is, and what the node is called. */
  node: z.string(),
  nodeTitle: z.string(),
  param: z.string(),
  title: z.string(),
  /** Of the sub-pipeline: what the parameter refers to, or will. */
  parameter: z.string(),
  range,
  /** Makes the parameter one of the sub-pipeline where it is not, and adds it to the search space. */
  edits: z.array(editSchema).readonly(),
})
export type SearchProposalData = z.infer<typeof searchProposalSchema>
