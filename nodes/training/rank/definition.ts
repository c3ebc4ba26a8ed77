import { z } from 'zod'
import type { ModelShape } from '../../../src/core/columns.ts'
import { defineNode } from '../../../src/node-kit/define-node.ts'
import type { NodeFinding } from '../../../src/node-kit/propagation.ts'

const params = z.strictObject({
  count: z.int().min(1).max(1000).default(3).meta({
    title: 'Classes',
    description: 'How many of the most probable classes are told for each row; at most as many as there are.',
    unit: 'classes',
  }),
})

export const rank = defineNode({
  id: 'training.rank',
  version: 1,
  title: 'Rank classes',
  summary: 'Lets a classifier answer with its most probable classes, not only with the first.',
  description:
    'The three likeliest products, diagnoses or departments of each row, with how probable each is. The ranking becomes ' +
    'part of the model itself: “Predict” then gives columns “top1”, “top1_probability”, “top2” and so on, and so does ' +
    'whoever serves it. Of equally probable classes the first by name comes first. Put it after “Calibrate probabilities”. ' +
    'To pick the best rows of a table, take “Top rows” behind “Predict”.',
  keywords: ['top-k', 'top k classes', 'recommendation', 'most probable', 'candidates', 'shortlist'],
  inputs: { model: { type: 'model', title: 'Model', description: 'A classifier.' } },
  outputs: {
    model: { type: 'model', title: 'Model', description: 'The same model, with its most probable classes.' },
  },
  params,
  failures: {
    'too-few-classes': {
      kind: 'user',
      message: 'The model knows {known} classes, of which {count} cannot be told.',
      remedy: 'Ask for fewer classes.',
    },
    'has-ranking': {
      kind: 'user',
      message: 'The model ranks its classes already.',
      remedy: 'Take one of the two steps out.',
    },
  },
  examples: [
    {
      title: 'Both classes, the likelier first',
      params: { count: 2 },
      inputs: { model: { from: 'training.logistic-regression', output: 'model' } },
    },
    {
      title: 'Behind trees',
      params: { count: 1 },
      inputs: { model: { from: 'training.gradient-boosted-trees', output: 'model' } },
    },
  ],
  effect: 'pure',
  learnsFrom: 'nothing',
  propagate({ inputs: { model }, params }) {
    return { outputs: { model: { ...model, top: params.count } }, findings: notClasses(model) }
  },
})

function notClasses({ answers }: ModelShape): NodeFinding[] {
  if (answers === undefined || answers === 'classes') return []
  return [
    {
      code: 'not-classes',
      severity: 'error',
      message: 'Only a model that tells classes apart can rank them, and this one does not.',
      remedy: 'Take this step out, or connect a classifier.',
      port: 'model',
    },
  ]
}
