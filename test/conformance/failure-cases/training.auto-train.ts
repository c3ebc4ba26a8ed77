import type { FailureCase } from './failure-case.ts'
import { splitNumbers } from '../../../nodes/example-tables.ts'

export const trainingAutoTrainFailures: readonly FailureCase[] = [
  {
    code: 'training.auto-train.none-trained',
    example: { params: { budgetMinutes: 1e-12 }, inputs: { table: splitNumbers } },
    says: /No candidate could be trained; the first: the time was up/,
  },
]
