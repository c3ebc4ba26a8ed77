import type { FailureCase } from './failure-case.ts'
import { splitNumbers } from '../../../nodes/example-tables.ts'

export const trainingEvaluateFailures: readonly FailureCase[] = [
  {
    code: 'training.evaluate.unknown-class',
    example: {
      params: {},
      inputs: {
        models: [{ from: 'training.logistic-regression', output: 'model' }],
        table: { ...splitNumbers, csv: splitNumbers.csv.replaceAll(/,no$/gm, ',stays') },
      },
    },
    says: /“churn” has the value “stays”/,
  },
  {
    code: 'training.evaluate.no-answers',
    example: {
      params: {},
      inputs: {
        models: [{ from: 'training.logistic-regression', output: 'model' }],
        table: { ...splitNumbers, csv: splitNumbers.csv.replaceAll(/,(no|yes)$/gm, ',') },
      },
    },
    says: /No row has a value of “churn”/,
  },
]
