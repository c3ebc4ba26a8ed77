import type { FailureCase } from './failure-case.ts'
import { customers } from '../../../nodes/example-tables.ts'

const byPlan = { subpipeline: 'prepare', by: 'plan' }
const failing = { ...byPlan, parameters: { fail: true } }

export const flowForEachFailures: readonly FailureCase[] = [
  {
    code: 'flow.for-each.no-items',
    example: {
      params: { subpipeline: 'prepare', over: 'files', pattern: 'nowhere/*.csv', itemParameter: 'file' },
      inputs: {},
    },
    says: /no file matches “nowhere\/\*\.csv”/,
    param: 'pattern',
  },
  {
    code: 'flow.for-each.too-many-items',
    example: { params: { ...byPlan, maximumItems: 2 }, inputs: { table: customers } },
    says: /There are more than 2 items/,
    param: 'maximumItems',
  },
  {
    code: 'flow.for-each.item-failed',
    example: { params: failing, inputs: { table: customers } },
    says: /The item “basic” failed: It was told to/,
  },
  {
    code: 'flow.for-each.all-failed',
    example: { params: { ...failing, onFailure: 'continue' }, inputs: { table: customers } },
    says: /All 3 items failed; the first, “basic”: It was told to/,
  },
  {
    code: 'flow.for-each.no-result',
    example: { params: { ...byPlan, output: 'rows' }, inputs: { table: customers } },
    says: /no table at “rows” for the item “basic”/,
    param: 'output',
  },
]
