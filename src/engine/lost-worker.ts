import type { PipewrightError } from '../core/errors.ts'
import { engineError } from './errors.ts'
import type { LostJob } from './step-worker.ts'

const outOfMemory = /heap out of memory|Allocation failed|bad_alloc|Cannot allocate memory|OutOfMemory/

/** What the loss of a step's worker means, from how the process ended and what it printed last. */
export function lostWorkerError({ exit, printed }: LostJob): PipewrightError {
  if (exit.problem !== undefined) return engineError('worker-unavailable', { problem: exit.problem })
  if (outOfMemory.test(printed)) return engineError('worker-out-of-memory')
  if (exit.signal === 'SIGKILL' || exit.signal === 'SIGTERM') return engineError('worker-killed')
  const how = exit.signal === null ? `exit code ${exit.code}` : `signal ${exit.signal}`
  return engineError('worker-crashed', { how })
}
