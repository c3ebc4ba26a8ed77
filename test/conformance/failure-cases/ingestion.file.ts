import type { FailureCase } from './failure-case.ts'

const badNumbers = { 'numbers.csv': 'id,size\n1,12\n2,large\n3,7\n' }
const badReader = { path: 'numbers.csv', types: { size: 'number' } }

export const ingestionFileFailures: readonly FailureCase[] = [
  {
    code: 'ingestion.file.row-does-not-fit',
    example: { params: { ...badReader, badRows: 'fail' }, inputs: {}, files: badNumbers },
    says: /^Rows of “numbers\.csv” .*: 1\. The first is on line 3: /,
    param: 'badRows',
  },
  {
    code: 'ingestion.file.too-many-rejects',
    example: { params: { ...badReader, maximumRejectShare: 0.1 }, inputs: {}, files: badNumbers },
    says: /^1 of 3 rows .*numbers\.csv.* line 3/,
    param: 'maximumRejectShare',
  },
]
