import type { FailureCase } from './failure-case.ts'

export const ingestionPredictionsFailures: readonly FailureCase[] = [
  {
    code: 'ingestion.predictions.no-deployment',
    example: { params: { deployment: 'staying' }, inputs: {} },
    says: /“staying”/,
    param: 'deployment',
  },
  {
    code: 'ingestion.predictions.name-taken',
    example: { params: { deployment: 'leaving', timeColumn: 'months' }, inputs: {} },
    says: /“months”/,
    param: 'timeColumn',
  },
]
