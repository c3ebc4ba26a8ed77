import type { FailureCase } from './failure-case.ts'
import { customers } from '../../../nodes/example-tables.ts'

const evaluated = { from: 'validation.expectations', output: 'report' } as const

export const flowBranchFailures: readonly FailureCase[] = [
  {
    code: 'flow.branch.bad-condition',
    example: { params: { condition: 'unsuccesful = 0' }, inputs: { table: customers, reports: [evaluated] } },
    says: /no metric “unsuccesful”/,
    param: 'condition',
  },
  {
    code: 'flow.branch.ambiguous-metric',
    example: {
      params: { condition: 'unsuccessful_expectations = 0' },
      inputs: { table: customers, reports: [evaluated, evaluated] },
    },
    says: /“unsuccessful_expectations” stands in the reports of “reports1”, “reports2”/,
    param: 'condition',
  },
]
