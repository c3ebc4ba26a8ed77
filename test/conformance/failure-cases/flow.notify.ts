import type { FailureCase } from './failure-case.ts'
import { customers } from '../../../nodes/example-tables.ts'

const judged = { from: 'validation.expectations', output: 'report' } as const

export const flowNotifyFailures: readonly FailureCase[] = [
  {
    code: 'flow.notify.unknown-name',
    example: { params: { message: '{row} rows' }, inputs: { table: customers, reports: [] } },
    says: /names “row”, which is not known/,
    param: 'message',
  },
  {
    code: 'flow.notify.bad-condition',
    example: {
      params: { message: 'x', when: 'condition', condition: 'roc_acu > 0' },
      inputs: { table: customers, reports: [judged] },
    },
    says: /There is no metric “roc_acu”/,
    param: 'condition',
  },
  {
    code: 'flow.notify.not-delivered',
    example: {
      params: { message: 'x', to: 'webhook', url: 'http://127.0.0.1:9/', attempts: 1 },
      inputs: { table: customers, reports: [] },
    },
    says: /127\.0\.0\.1:9 did not take the message/,
    param: 'url',
  },
  {
    code: 'flow.notify.no-address',
    // A bench keeps no secrets: each stands for its own name.
    example: {
      params: { message: 'x', to: 'webhook', url: 'secret:chat' },
      inputs: { table: customers, reports: [] },
    },
    says: /“secret:chat” stands for is no address/,
    param: 'url',
  },
]
