import { z } from 'zod'

/** Parameters that every learner of classes has. */
export const classificationParams = {
  positiveClass: z.string().optional().meta({
    title: 'Positive class',
    answers: 'classes',
    description:
      'The class that a threshold is about, such as “yes”. The last one in the order of characters when left empty.',
  }),
  classWeight: z
    .enum(['none', 'balanced'])
    .default('none')
    .meta({
      title: 'Class weight',
      answers: 'classes',
      description:
        'Balanced: rows of a rare class count more, so that each class has the same weight in all. Probabilities are ' +
        'then no longer those of the data.',
    }),
} as const
