import type { FailureCase } from './failure-case.ts'
import { customers } from '../../../nodes/example-tables.ts'

const evaluated = { from: 'training.evaluate', example: 1, output: 'report' } as const

export const flowBranchFailures: readonly FailureCase[] = [
  {
    code: 'flow.branch.bad-condition',
    example: { params: { condition: 'rsme < 1000' }, inputs: { table: customers, reports: [evaluated] } },
    says: /no metric “rsme”/,
    param: 'condition',
  },
  {
    code: 'flow.branch.ambiguous-metric',
    example: {
      params: { condition: 'rmse < 1000' },
      inputs: { table: customers, reports: [evaluated, evaluated] },
    },
    says: /“rmse” stands in the reports of “reports1”, “reports2”/,
    param: 'condition',
  },
]
