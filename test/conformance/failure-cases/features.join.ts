import type { FailureCase } from './failure-case.ts'

const sameDay = 'day,shop\n2026-03-01,Jena\n2026-03-01,Gera\n'

export const featuresJoinFailures: readonly FailureCase[] = [
  {
    code: 'features.join.different-splits',
    example: {
      params: { keys: [{ left: 'shop' }] },
      inputs: {
        left: { csv: sameDay, split: ['train', 'test'] },
        right: { csv: sameDay, split: ['test', 'test'] },
      },
    },
    says: /^Of the rows that match, 1 stand in different parts/,
  },
  {
    code: 'features.join.too-many-rows',
    example: {
      params: { keys: [{ left: 'day' }], maximumRows: 3 },
      inputs: { left: { csv: sameDay }, right: { csv: sameDay } },
    },
    says: /^4 rows would match; at most 3 are allowed here\.$/,
    param: 'keys',
  },
]
