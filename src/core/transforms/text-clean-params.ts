import { z } from 'zod'

/** Makes texts that mean the same the same, in this order: letters, missing, replace. */
export const textCleanParams = z.strictObject({
  columns: z.array(z.string()).min(1),
  /** A to Z alone: no model can do it for others. */
  letters: z.enum(['keep', 'lower', 'upper']).default('keep'),
  /** Whole texts that mean “no value”. */
  missing: z.array(z.string()).default([]),
  /** Whole texts to be read as another. */
  replace: z.record(z.string(), z.string()).default({}),
})
