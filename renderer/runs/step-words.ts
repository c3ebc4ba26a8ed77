import type { StepInfo } from '../../src/contract/runs-contract.ts'

export const stepWords: Readonly<Record<StepInfo['state'], string>> = {
  queued: 'queued',
  running: 'running',
  cached: 'unchanged',
  done: 'computed',
  failed: 'failed',
  skipped: 'left out',
  cancelled: 'cancelled',
}
