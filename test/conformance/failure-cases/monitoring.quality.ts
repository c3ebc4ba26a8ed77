import type { FailureCase } from './failure-case.ts'

const answers = Array.from({ length: 40 }, (_, row) => `no,${row < 20 ? 'no' : 'yes'}`)

export const monitoringQualityFailures: readonly FailureCase[] = [
  {
    code: 'monitoring.quality.dropped',
    example: {
      params: { actual: 'left', rows: 20, severity: 'error' },
      inputs: { table: { csv: `prediction,left\n${answers.join('\n')}\n` } },
    },
    says: /accuracy was 1 and is 0 in the newest window/,
  },
  {
    code: 'monitoring.quality.no-truth',
    example: {
      params: { actual: 'left' },
      inputs: { table: { csv: 'prediction,left\nno,\nyes,\n' } },
    },
    says: /No row has both a prediction and a value of “left”/,
  },
]
