import type { FailureCase } from './failure-case.ts'

export const servingWriteReportFailures: readonly FailureCase[] = [
  {
    code: 'serving.write-report.cannot-write',
    example: {
      params: { path: 'taken.html/inner.html' },
      inputs: { report: { from: 'validation.profile', output: 'report' } },
      files: { 'taken.html': 'a file where a folder should be' },
    },
    says: /inner\.html” cannot be written: /,
    param: 'path',
  },
]
