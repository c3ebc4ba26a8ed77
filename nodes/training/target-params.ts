import { z } from 'zod'

/** Parameters that every learner of amounts can have. */
export const targetParams = {
  targetTransform: z
    .enum(['none', 'log', 'box-cox'])
    .default('none')
    .meta({
      title: 'Transform of the target',
      answers: 'numbers',
      description:
        'What amounts are learned as; the model turns its answers back. Log and Box–Cox, for amounts above 0, help where ' +
        'large amounts differ more than small ones. Box–Cox finds the power that makes them most like a normal distribution.',
    }),
} as const
