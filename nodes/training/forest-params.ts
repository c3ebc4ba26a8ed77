import { z } from 'zod'
import { classificationParams } from './classification-params.ts'
import { targetParams } from './target-params.ts'

/** Parameters that forests share. */
export const forestParams = {
  task: z
    .enum(['auto', 'classification', 'regression'])
    .default('auto')
    .meta({
      title: 'Task',
      fixed: true,
      description:
        'Classification tells classes apart, regression predicts an amount. Auto: texts, booleans and integers of two ' +
        'values are classes, other numbers are amounts.',
    }),
  ...targetParams,
  trees: z.int().min(1).max(10_000).default(100).meta({
    title: 'Trees',
    description: 'How many trees are grown. More never hurt the answers, and take longer.',
    unit: 'trees',
  }),
  columnShare: z.number().gt(0).max(1).optional().meta({
    title: 'Share of features',
    description:
      'The share of features, drawn anew, that each split may use; the square root of their number when left empty.',
    unit: 'share',
  }),
  depth: z.int().min(1).max(64).optional().meta({
    title: 'Depth',
    description: 'How many questions lead to a leaf at most; no limit when left empty.',
  }),
  minimumRowsInLeaf: z.int().min(1).default(3).meta({
    title: 'Fewest rows in a leaf',
    description:
      'A leaf has at least so many train rows. More makes smaller models, and answers that are less sure.',
    unit: 'rows',
  }),
  bins: z.int().min(2).max(255).default(255).meta({
    title: 'Bins',
    description: 'Into how many groups the values of a feature are put before the trees are grown.',
    unit: 'bins',
  }),
  ...classificationParams,
} as const
