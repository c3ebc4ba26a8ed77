import { z } from 'zod'

/**
 * A value of a table as JSON. Dates and times are ISO 8601 texts; whole numbers beyond 2^53, infinities and NaN are
 * texts too; a vector is its numbers.
 */
export const cellSchema = z.union([
  z.number(),
  z.string(),
  z.boolean(),
  z.null(),
  z.array(z.number().nullable()),
])
export type Cell = z.infer<typeof cellSchema>
