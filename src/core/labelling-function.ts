import { z } from 'zod'

/** A rule that votes for the label of a row, or says nothing. */
export const labellingFunctionSchema = z.strictObject({
  name: z.string().trim().min(1, 'Give it a name.').max(100),
  /**
   * Over the columns that the model was asked with, `answer` and `probability`. With a label: a condition under which that
   * label is voted for. Without one: a text, which is the label.
   */
  expression: z.string().min(1, 'Say when it votes.').max(10_000),
  label: z.string().max(1_000).nullable().default(null),
})
export type LabellingFunction = z.infer<typeof labellingFunctionSchema>

export const labellingFunctionsSchema = z
  .array(labellingFunctionSchema)
  .max(50, 'At most 50 functions vote.')
  .refine((all) => new Set(all.map(({ name }) => name)).size === all.length, {
    error: 'Two functions have the same name.',
  })
