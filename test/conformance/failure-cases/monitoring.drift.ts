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
]
