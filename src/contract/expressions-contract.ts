import { z } from 'zod'
import { columnSchema, columnTypes } from '../core/columns.ts'
import { cellSchema } from './cell.ts'
import { errorReportSchema } from './error-report.ts'
import { operation } from './operation.ts'

const text = z.string().max(100_000)
/** Its values tell the place: `position`, from 1, and `marked`, the line with a mark under it. */
const problem = z.strictObject({ outcome: z.literal('problem'), problem: errorReportSchema })
const type = z.enum(columnTypes).exclude(['vector'])

export const expressionPreviewSchema = z.discriminatedUnion('outcome', [
  z.strictObject({
    outcome: z.literal('computed'),
    type,
    /** The columns that it uses, then its value, for the first rows of the table. */
    columns: z.array(columnSchema),
    rows: z.array(z.strictObject({ cells: z.array(cellSchema), value: cellSchema })),
  }),
  problem,
])
export type ExpressionPreview = z.infer<typeof expressionPreviewSchema>

export const expressionsContract = {
  check: operation
    .input(
      z.strictObject({ text, columns: z.array(columnSchema.pick({ name: true, type: true })).readonly() }),
    )
    .output(
      z.discriminatedUnion('outcome', [z.strictObject({ outcome: z.literal('typed'), type }), problem]),
    ),
  /** What an expression gives for the first rows of a table. */
  preview: operation
    .input(z.strictObject({ artifact: z.string(), text, rows: z.int().min(1).max(200) }))
    .output(expressionPreviewSchema),
}
