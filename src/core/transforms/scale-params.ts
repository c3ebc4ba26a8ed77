import { z } from 'zod'

const columns = z.array(z.string()).min(1)

/** Shifts and stretches numbers. */
export const scaleParams = z.discriminatedUnion('method', [
  /** To mean 0 and (population) standard deviation 1. */
  z.strictObject({ method: z.literal('standard'), columns }),
  /** The smallest value becomes `range[0]`, the largest `range[1]`. */
  z.strictObject({
    method: z.literal('min-max'),
    columns,
    range: z.tuple([z.number(), z.number()]).default([0, 1]),
  }),
  /** To median 0 and 1 between two quantiles, in percent. */
  z.strictObject({
    method: z.literal('robust'),
    columns,
    quantiles: z.tuple([z.number().min(0).max(100), z.number().min(0).max(100)]).default([25, 75]),
  }),
  /** To their quantiles among the rows, between which lines run; as they are, or as those of a normal distribution. */
  z.strictObject({
    method: z.literal('quantile'),
    columns,
    output: z.enum(['uniform', 'normal']).default('uniform'),
    count: z.int().min(2).max(1000).default(100),
  }),
  /** Raised to the power that makes them most like a normal distribution, then as `standard`. */
  z.strictObject({ method: z.literal('yeo-johnson'), columns }),
  z.strictObject({ method: z.literal('box-cox'), columns }),
])
