import { z } from 'zod'

const columns = z.array(z.string()).min(1)
const bins = z.int().min(2).max(1000)
/** The number of the bin, from 0, or a vector with an element for each. */
const output = z.enum(['ordinal', 'one-hot']).default('ordinal')

/** Sorts numbers into bins, each from its lower edge up to, not including, its upper. */
export const binParams = z.discriminatedUnion('method', [
  z.strictObject({ method: z.literal('equal-width'), columns, bins, output }),
  z.strictObject({ method: z.literal('equal-count'), columns, bins, output }),
  /** Edges between bins, ascending: one fewer than bins. */
  z.strictObject({ method: z.literal('edges'), columns, edges: z.array(z.number()).min(1).max(999), output }),
])
