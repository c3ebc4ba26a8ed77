import type { FailureCase } from './failure-case.ts'

const shops = { csv: 'town,Day\nJena,1\nGera,2\nJena,3\n' }

export const featuresPivotFailures: readonly FailureCase[] = [
  {
    code: 'features.pivot.mixed-groups',
    example: {
      params: { by: ['town'], namesFrom: 'Day' },
      inputs: { table: { ...shops, split: ['train', 'validation', 'test'] } },
    },
    says: /several parts of the split: 1\. The first is “Jena”\.$/,
    param: 'by',
  },
  {
    code: 'features.pivot.too-many-columns',
    example: { params: { by: ['town'], namesFrom: 'Day', maximumColumns: 2 }, inputs: { table: shops } },
    says: /^“Day” has 3 different values; at most 2 may become columns\.$/,
    param: 'namesFrom',
  },
  {
    code: 'features.pivot.name-taken',
    example: {
      params: { by: ['Day'], namesFrom: 'town' },
      inputs: { table: { csv: 'town,Day\nday,1\nGera,2\n' } },
    },
    says: /would be called “day”/,
    param: 'prefix',
  },
]
