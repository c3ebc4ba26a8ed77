import { z } from 'zod'

const columns = z.array(z.string()).min(1)

/** Keeps numbers between two bounds; a bound that is null is none. */
export const clipParams = z.discriminatedUnion('method', [
  z.strictObject({
    method: z.literal('bounds'),
    columns,
    lower: z.number().nullable(),
    upper: z.number().nullable(),
  }),
  /** The bounds are quantiles of the values of each column, in percent. */
  z.strictObject({
    method: z.literal('quantiles'),
    columns,
    quantiles: z.tuple([z.number().min(0).max(100), z.number().min(0).max(100)]).default([1, 99]),
  }),
])
