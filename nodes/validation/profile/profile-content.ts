import { z } from 'zod'
import { columnTypes, roles } from '../../../src/core/columns.ts'
import { columnSketchSchema } from '../../../src/core/sketch-schema.ts'

const correlation = z.array(z.array(z.number().nullable()))

/** What stands in the report of a profile. */
export const profileContentSchema = z.object({
  rows: z.int(),
  columns: z.array(
    z.object({
      name: z.string(),
      type: z.enum(columnTypes),
      role: z.enum(roles),
      missing: z.number(),
      distinct: z.number(),
      quartiles: z.tuple([z.number(), z.number(), z.number()]).nullable(),
      explainsTarget: z.number().nullable(),
      sketch: columnSketchSchema,
    }),
  ),
  leftOut: z.array(z.string()),
  duplicates: z.object({ rows: z.number(), share: z.number() }),
  missing: z.object({
    completeRows: z.number(),
    patterns: z.array(z.object({ missing: z.array(z.string()), rows: z.number() })),
    count: z.number(),
  }),
  correlations: z
    .object({
      columns: z.array(z.string()),
      rows: z.number(),
      pearson: correlation,
      spearman: correlation,
    })
    .nullable(),
  suspicious: z.array(z.object({ column: z.string(), kind: z.string(), note: z.string() })),
})
export type ProfileContent = z.output<typeof profileContentSchema>
export type ProfileColumn = ProfileContent['columns'][number]
