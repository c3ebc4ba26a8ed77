import type { FailureCase } from './failure-case.ts'

export const featuresAggregateFailures: readonly FailureCase[] = [
  {
    code: 'features.aggregate.mixed-groups',
    example: {
      params: { by: ['town'] },
      inputs: {
        table: { csv: 'town,sales\nJena,12\nGera,9\nJena,14\n', split: ['train', 'validation', 'test'] },
      },
    },
    says: /several parts of the split: 1\. The first is “Jena”\.$/,
    param: 'by',
  },
]
