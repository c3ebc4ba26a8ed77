import { z } from 'zod'

/** Principal components of columns, as the elements of one vector that takes their place. */
export const pcaParams = z.strictObject({
  columns: z.array(z.string()).min(1),
  /** How many, or, below 1, the share of the variance that they explain together at least. */
  components: z.union([z.int().min(1), z.number().gt(0).lt(1)]),
  /** Name of the vector. */
  name: z.string().min(1),
  /** Whether the columns stay. */
  keep: z.boolean().default(false),
})
