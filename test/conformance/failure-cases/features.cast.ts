import type { FailureCase } from './failure-case.ts'

export const featuresCastFailures: readonly FailureCase[] = [
  {
    code: 'features.cast.unreadable',
    example: {
      params: { types: { size: 'number' } },
      inputs: { table: { csv: 'article,size\nA,12\nB,large\nC,small\n' } },
    },
    says: /^2 values of “size” are no number; the first is “large” in row 2\.$/,
    param: 'types.size',
  },
  {
    code: 'features.cast.column-in-use',
    example: {
      params: { types: { town: 'number' } },
      inputs: { table: { from: 'features.derive', example: 1, output: 'table' } },
    },
    says: /“town” is already used by the step “node”/,
    param: 'types.town',
  },
]
