import type { FailureCase } from './failure-case.ts'
import { customers } from '../../../nodes/example-tables.ts'

const judged = { from: 'validation.expectations', output: 'report' } as const

export const flowBranchFailures: readonly FailureCase[] = [
  {
    code: 'flow.branch.bad-condition',
    example: {
      params: { condition: 'unsuccessful_expectations = 0' },
      inputs: { table: customers, reports: [judged, judged] },
    },
    says: /“unsuccessful_expectations” stands in the reports of “reports1”, “reports2”/,
    param: 'condition',
  },
]
