import { z } from 'zod'

/** What lies farther from the middle of a column than its usual spread allows. */
export const outliersParams = z.strictObject({
  columns: z.array(z.string()).min(1),
  method: z.enum(['iqr', 'z-score', 'mad']),
  /** How many times the spread a value may lie away. */
  limit: z.number().positive(),
  /** Outliers become the bound they lie beyond, or boolean columns say where they are. */
  action: z.enum(['clip', 'flag']),
  /** With `flag`: the one column that says whether any value of the row is an outlier; without, one a column. */
  anyColumn: z.string().min(1).optional(),
})
