import type { FailureCase } from './failure-case.ts'

export const servingWriteFileFailures: readonly FailureCase[] = [
  {
    code: 'serving.write-file.cannot-write',
    example: {
      params: { path: 'taken.csv/inner.csv' },
      inputs: { table: { csv: 'shop\nJena\n' } },
      files: { 'taken.csv': 'a file where a folder should be' },
    },
    says: /inner\.csv” cannot be written: /,
    param: 'path',
  },
]
