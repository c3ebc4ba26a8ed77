import { z } from 'zod'

/** Takes logarithms: of x, of 1 + x, or of 1 + |x| with the sign of x. */
export const logParams = z.strictObject({
  columns: z.array(z.string()).min(1),
  method: z.enum(['log', 'log1p', 'signed']),
  base: z.enum(['e', '2', '10']).default('e'),
})
