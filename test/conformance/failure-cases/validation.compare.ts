import type { FailureCase } from './failure-case.ts'

export const validationCompareFailures: readonly FailureCase[] = [
  {
    code: 'validation.compare.repeated-key',
    example: {
      params: { key: ['shop'] },
      inputs: {
        before: { csv: 'shop,sales\nJena,1\nGera,2\n' },
        after: { csv: 'shop,sales\nJena,1\nJena,2\nGera,2\n' },
      },
    },
    says: /^2 rows of the table “After” share their key “shop” with another row\.$/,
    param: 'key',
  },
]
