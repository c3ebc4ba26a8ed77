import type { FailureCase } from './failure-case.ts'

export const monitoringDriftFailures: readonly FailureCase[] = [
  {
    code: 'monitoring.drift.drifted',
    example: {
      params: { severity: 'error' },
      inputs: {
        reference: { csv: `size\n${Array.from({ length: 50 }, (_, row) => row).join('\n')}\n` },
        current: { csv: `size\n${Array.from({ length: 50 }, (_, row) => row + 40).join('\n')}\n` },
      },
    },
    says: /1 of 1 columns have drifted: “size”/,
  },
  {
    code: 'monitoring.drift.no-sketch',
    example: {
      params: {},
      inputs: {
        model: { from: 'serving.import-model', output: 'model' },
        current: { csv: 'size\n1\n2\n' },
      },
    },
    says: /does not know what the rows looked like/,
  },
  {
    code: 'monitoring.drift.no-columns',
    example: {
      params: {},
      inputs: {
        model: { from: 'training.logistic-regression', output: 'model' },
        current: { csv: 'size\n1\n2\n' },
      },
    },
    says: /no column in common with the training rows/,
  },
]
