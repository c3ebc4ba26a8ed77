import { z } from 'zod'

/** Fills in numbers from the rows that are most alike in the other numbers. */
export const imputeNearestParams = z.strictObject({
  /** All columns that rows are compared by; those that are filled in are among them. */
  columns: z.array(z.string()).min(1),
  fill: z.array(z.string()).min(1),
  neighbours: z.int().min(1).max(100).default(5),
  /** Whether each neighbour counts alike, or the more the nearer it is. */
  weights: z.enum(['uniform', 'distance']).default('uniform'),
  /** How many train rows, drawn at random, are kept to be compared with. */
  references: z.int().min(10).max(2000).default(1000),
  indicator: z.boolean().default(false),
})
