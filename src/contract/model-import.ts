import { z } from 'zod'
import { columnTypes } from '../core/columns.ts'
import { findingSchema } from './document.ts'

/** Which columns a foreign model takes, and what its answers mean; what is left out is found out. */
export const modelMappingSchema = z.strictObject({
  /** In the order of the model’s inputs. */
  columns: z.array(z.string().min(1)).exactOptional(),
  types: z.record(z.string(), z.enum(columnTypes).exclude(['vector'])).exactOptional(),
  target: z.string().min(1).exactOptional(),
  /** Of the classes, in the order of the probabilities. */
  labels: z.array(z.string().min(1)).exactOptional(),
  positive: z.string().exactOptional(),
  /** Names of outputs. */
  probabilities: z.string().exactOptional(),
  label: z.string().exactOptional(),
  value: z.string().exactOptional(),
})
export type ModelMapping = z.infer<typeof modelMappingSchema>

export const importRequestSchema = z.strictObject({
  /** Absolute paths: an ONNX file, and rows such as the model was trained on. */
  path: z.string(),
  reference: z.string().exactOptional(),
  /** In the registry. */
  name: z.string().min(1),
  aliases: z.array(z.string()),
  mapping: modelMappingSchema,
  tied: z.boolean(),
})

/** The import is a run like any other: its events, its end and its cancelling are those of `runs`. */
export const importStartSchema = z.discriminatedUnion('outcome', [
  z.strictObject({ outcome: z.literal('started'), run: z.string() }),
  z.strictObject({ outcome: z.literal('refused'), findings: z.array(findingSchema).readonly() }),
])

/** What a foreign model takes and gives, as its file says. */
export const foreignModelSchema = z.strictObject({
  producer: z.string(),
  /** Of a width that is null, how many columns it takes follows from naming them. */
  inputs: z
    .array(z.strictObject({ name: z.string(), type: z.string(), width: z.int().nullable() }))
    .readonly(),
  outputs: z
    .array(
      z.strictObject({
        name: z.string(),
        type: z.string().nullable(),
        /** Of a list of dictionaries: their keys. */
        classes: z.array(z.string()).nullable(),
      }),
    )
    .readonly(),
})
export type ForeignModelData = z.infer<typeof foreignModelSchema>
