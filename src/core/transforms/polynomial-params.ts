import { z } from 'zod'

/** Products of columns with each other and themselves, as the elements of one vector. */
export const polynomialParams = z.strictObject({
  columns: z.array(z.string()).min(1),
  degree: z.union([z.literal(2), z.literal(3)]),
  /** Leaves out products in which a column comes more than once. */
  interactionsOnly: z.boolean().default(false),
  /** Name of the vector. */
  name: z.string().min(1),
})
