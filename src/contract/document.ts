import { z } from 'zod'
import { answerKinds, columnSchema, splitParts, tasks, type Shape } from '../core/columns.ts'
import type { Edit } from '../core/edits.ts'
import type { Finding } from '../core/finding.ts'
import { placeSchema } from './error-report.ts'

/** A pipeline as its editor, or its file, has it right now. */
export const documentSchema = z.strictObject({
  /** Absolute path of the file: what the paths in the pipeline are relative to. */
  path: z.string(),
  text: z.string(),
})
export type PipelineDocument = z.infer<typeof documentSchema>

/** Values of a pipeline's parameters, as texts. */
export const parametersSchema = z.record(z.string(), z.string())

export const findingSchema = z.strictObject({
  code: z.string(),
  severity: z.enum(['error', 'warning']),
  at: placeSchema.exactOptional(),
  edge: z.string().exactOptional(),
  message: z.string(),
  remedy: z.string(),
  fix: z
    .strictObject({ title: z.string(), edits: z.array(z.custom<Edit>((edit) => isEdit(edit))).readonly() })
    .exactOptional(),
}) satisfies z.ZodType<Finding>

export const shapeSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('table'),
    columns: z.array(columnSchema).readonly(),
    split: z.array(z.enum(splitParts)).readonly().nullable(),
    splitBy: z.string().exactOptional(),
    known: z.boolean(),
  }),
  z.strictObject({
    kind: z.literal('model'),
    task: z.enum(tasks).nullable(),
    answers: z.enum(answerKinds).exactOptional(),
    rules: z.literal(true).exactOptional(),
    top: z.int().exactOptional(),
    target: z.string().nullable(),
  }),
  z.strictObject({ kind: z.literal('report') }),
]) satisfies z.ZodType<Shape>

function isEdit(edit: unknown): boolean {
  return typeof edit === 'object' && edit !== null && 'kind' in edit && typeof edit.kind === 'string'
}
