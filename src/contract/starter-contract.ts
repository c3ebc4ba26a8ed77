import { z } from 'zod'
import { columnTypes } from '../core/columns.ts'
import { cellSchema } from './cell.ts'
import { operation } from './operation.ts'

const path = z.string().min(1)

export const starterColumnSchema = z.strictObject({
  name: z.string(),
  type: z.enum(columnTypes).exclude(['vector']),
  /** Different values, and rows without one, in the rows that were looked at. */
  distinct: z.int(),
  nulls: z.int(),
  /** The first values. */
  examples: z.array(cellSchema),
  /** What it would be drawn as if it is not the target. */
  role: z.enum(['feature', 'id', 'ignore']),
  /** What a model would answer with this target; null where it can be none. */
  task: z.enum(['binary', 'multiclass', 'regression']).nullable(),
})
export type StarterColumn = z.infer<typeof starterColumnSchema>

export const starterContract = {
  /** What a data file holds, and which column is probably wanted as the target (null where none stands out). */
  suggest: operation.input(z.strictObject({ path })).output(
    z.strictObject({
      columns: z.array(starterColumnSchema),
      rows: z.int(),
      target: z.string().nullable(),
    }),
  ),
  /** A pipeline from the file to a registered model, and a free path for it beside the file; nothing is written. */
  draw: operation
    .input(z.strictObject({ path, target: z.string() }))
    .output(z.strictObject({ path: z.string(), text: z.string() })),
}
