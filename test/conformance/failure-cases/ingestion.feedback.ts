import type { FailureCase } from './failure-case.ts'

export const ingestionFeedbackFailures: readonly FailureCase[] = [
  {
    code: 'ingestion.feedback.no-deployment',
    example: { params: { deployment: 'staying' }, inputs: {} },
    says: /“staying”/,
    param: 'deployment',
  },
  {
    code: 'ingestion.feedback.no-target',
    example: { params: { deployment: 'grouping' }, inputs: {} },
    says: /“grouping” finds groups/,
    param: 'deployment',
  },
  {
    code: 'ingestion.feedback.name-taken',
    example: { params: { deployment: 'leaving', timeColumn: 'months' }, inputs: {} },
    says: /“months”/,
    param: 'timeColumn',
  },
]
