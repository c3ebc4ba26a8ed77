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
  {
    code: 'validation.compare.different',
    example: {
      params: { key: ['shop'], severity: 'error', distanceLimit: 1 },
      inputs: {
        before: { csv: 'shop,sales\nJena,12\nGera,9\n' },
        after: { csv: 'shop,sales,town\nJena,13,z\nUlm,9,x\nGera,9,y\n' },
      },
    },
    says: /^The tables differ: 1 column added, 1 row added, 1 row changed\.$/,
    param: 'severity',
  },
]
