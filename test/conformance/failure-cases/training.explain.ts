import type { FailureCase } from './failure-case.ts'
import { splitNumbers } from '../../../nodes/example-tables.ts'

const model = { from: 'training.logistic-regression', output: 'model' }
const withChurn = (pattern: RegExp, churn: string) => ({
  ...splitNumbers,
  csv: splitNumbers.csv.replaceAll(pattern, `,${churn}`),
})

export const trainingExplainFailures: readonly FailureCase[] = [
  {
    code: 'training.explain.unknown-class',
    example: { params: { rows: 'all' }, inputs: { model, table: withChurn(/,no$/gm, 'stays') } },
    says: /“churn” has the value “stays”/,
  },
  {
    code: 'training.explain.no-answers',
    example: { params: { rows: 'all' }, inputs: { model, table: withChurn(/,(no|yes)$/gm, '') } },
    says: /No row has a value of “churn”/,
  },
  {
    code: 'training.explain.no-score',
    example: {
      params: { rows: 'all', metric: 'roc_auc' },
      inputs: { model, table: withChurn(/,(no|yes)$/gm, 'no') },
    },
    says: /The metric roc_auc says nothing about these rows: All rows are of one class/,
  },
  {
    code: 'training.explain.unknown-column',
    example: { params: { rows: 'all', columns: ['age'] }, inputs: { model, table: splitNumbers } },
    says: /The model takes no column “age”; it takes “months”, “spend”/,
    param: 'columns',
  },
  {
    code: 'training.explain.no-such-class',
    example: { params: { rows: 'all', class: 'maybe' }, inputs: { model, table: splitNumbers } },
    says: /The model knows no class “maybe”; it knows “no”, “yes”/,
    param: 'class',
  },
]
