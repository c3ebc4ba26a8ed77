import type { FailureCase } from './failure-case.ts'

export const trainingRankFailures: readonly FailureCase[] = [
  {
    code: 'training.rank.too-few-classes',
    example: {
      params: { count: 3 },
      inputs: { model: { from: 'training.logistic-regression', output: 'model' } },
    },
    says: /The model knows 2 classes, of which 3 cannot be told/,
    param: 'count',
  },
  {
    code: 'training.rank.has-ranking',
    example: {
      params: { count: 1 },
      inputs: { model: { from: 'training.rank', output: 'model' } },
    },
    says: /The model ranks its classes already/,
  },
]
