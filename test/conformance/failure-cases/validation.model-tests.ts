import { splitNumbers } from '../../../nodes/example-tables.ts'
import type { FailureCase } from './failure-case.ts'

const classes = {
  model: { from: 'training.logistic-regression', output: 'model' },
  table: splitNumbers,
} as const
const numbers = {
  model: { from: 'training.gradient-boosted-trees', example: 1, output: 'model' },
  table: { ...splitNumbers, roles: { spend: 'target', churn: 'ignore' } },
} as const

export const validationModelTestsFailures: readonly FailureCase[] = [
  {
    code: 'validation.model-tests.unmet',
    example: {
      params: { tests: [{ test: 'answers-between', class: 'yes', maximum: 0.001 }], rows: 'all' },
      inputs: classes,
    },
    says: /probabilities of “yes” are at most 0\.001, but \d+ of \d+ rows are otherwise/,
    param: 'tests.0',
  },
  {
    code: 'validation.model-tests.no-rows',
    example: {
      params: { rows: 'all' },
      inputs: {
        ...classes,
        table: { csv: `${splitNumbers.csv.split('\n')[0]!}\n`, roles: splitNumbers.roles! },
      },
    },
    says: /no row to ask/,
    param: 'rows',
  },
  {
    code: 'validation.model-tests.unknown-class',
    example: { params: { tests: [{ test: 'share-of-class', class: 'maybe' }] }, inputs: classes },
    says: /no class “maybe”/,
    param: 'tests.0.class',
  },
  {
    code: 'validation.model-tests.no-class',
    example: { params: { tests: [{ test: 'share-of-class', class: 'yes' }] }, inputs: numbers },
    says: /answers with numbers/,
    param: 'tests.0.class',
  },
  {
    code: 'validation.model-tests.not-taken',
    example: {
      params: { tests: [{ test: 'invariance', column: 'churn', values: ['no'] }] },
      inputs: classes,
    },
    says: /takes no column “churn”/,
    param: 'tests.0.column',
  },
  {
    code: 'validation.model-tests.not-a-value',
    example: {
      params: { tests: [{ test: 'invariance', column: 'months', values: ['often'] }] },
      inputs: classes,
    },
    says: /“often” is no value of “months”/,
    param: 'tests.0.values.0',
  },
]
