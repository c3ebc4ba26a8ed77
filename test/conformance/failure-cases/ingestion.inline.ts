import type { FailureCase } from './failure-case.ts'

const text = 'id,size\n1,12\n2,large\n3,7\n'
const types = { size: 'number' }

export const ingestionInlineFailures: readonly FailureCase[] = [
  {
    code: 'ingestion.inline.row-does-not-fit',
    example: { params: { text, types, badRows: 'fail' }, inputs: {} },
    says: /^Rows that do not fit .*: 1\. The first is on line 3: /,
    param: 'badRows',
  },
  {
    code: 'ingestion.inline.too-many-rejects',
    example: { params: { text, types, maximumRejectShare: 0.1 }, inputs: {} },
    says: /^1 of 3 rows .* line 3/,
    param: 'maximumRejectShare',
  },
]
