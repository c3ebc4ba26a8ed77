import type { FailureCase } from './failure-case.ts'

const rows = Array.from({ length: 30 }, (_, row) => `${row},${row < 20 ? ['a', 'b'][row % 2] : 'c'}`)

export const trainingCrossValidateFailures: readonly FailureCase[] = [
  {
    code: 'training.cross-validate.unknown-class',
    example: {
      params: { learner: { type: 'training.logistic-regression' }, method: 'order', folds: 2 },
      inputs: { table: { csv: `month,kind\n${rows.join('\n')}\n`, roles: { kind: 'target' } } },
    },
    says: /^In a fold, 10 rows that are held out have the value “c” of “kind”, .* those have “a”, “b”\.$/,
  },
]
