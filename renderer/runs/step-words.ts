import type { StepInfo } from '../../src/contract/runs-contract.ts'

export const stepWords: Readonly<Record<StepInfo['state'], string>> = {
  queued: 'queued',
  running: 'running',
  cached: 'unchanged',
  done: 'ran',
  failed: 'failed',
  skipped: 'skipped',
  cancelled: 'cancelled',
}
