import type { FailureCase } from './failure-case.ts'
import { splitNumbers } from '../../../nodes/example-tables.ts'

/** Gaps in a feature, which linear learners refuse. */
const withGaps = { ...splitNumbers, csv: splitNumbers.csv.replaceAll(/^\d[^,]*,(?=.*no$)/gm, ',') }

export const trainingAutoTrainFailures: readonly FailureCase[] = [
  {
    code: 'training.auto-train.none-trained',
    example: { params: { candidates: ['linear', 'regularized-linear'] }, inputs: { table: withGaps } },
    says: /No candidate could be trained; the first: /,
  },
]
