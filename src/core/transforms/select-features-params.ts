import { z } from 'zod'

const common = {
  columns: z.array(z.string()).min(1),
  /** Name of the vector that holds what was selected. */
  name: z.string().min(1),
}

/** Keeps some of the numbers of columns, vectors among them, as the elements of one vector that takes their place. */
export const selectFeaturesParams = z.discriminatedUnion('method', [
  /** Those whose variance is above the threshold. */
  z.strictObject({ method: z.literal('variance'), ...common, threshold: z.number().min(0).default(0) }),
  /** Those whose correlation with each one before that is kept is at most the threshold, whatever its sign. */
  z.strictObject({
    method: z.literal('correlation'),
    ...common,
    threshold: z.number().min(0).max(1).default(0.95),
  }),
  /** Those with the highest scores with respect to the target: so many, and at or above the threshold. */
  z.strictObject({
    method: z.enum(['f-test', 'chi-squared', 'mutual-information']),
    ...common,
    target: z.string(),
    keep: z.int().min(1).nullable(),
    threshold: z.number().nullable(),
  }),
])
