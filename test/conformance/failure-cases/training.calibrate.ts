import type { FailureCase } from './failure-case.ts'
import { splitNumbers } from '../../../nodes/example-tables.ts'

export const trainingCalibrateFailures: readonly FailureCase[] = [
  {
    code: 'training.calibrate.unknown-class',
    example: {
      params: {},
      inputs: {
        model: { from: 'training.logistic-regression', output: 'model' },
        table: { ...splitNumbers, csv: splitNumbers.csv.replaceAll(/,no$/gm, ',stays') },
      },
    },
    says: /“churn” has the value “stays”, which the model does not know, in \d+ rows; it knows “no”, “yes”\.$/,
  },
]
