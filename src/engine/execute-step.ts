import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { ErrorReport } from '../core/errors.ts'
import { attemptStep, failedAttempt, type Attempt, type FailedAttempt } from './attempt-step.ts'
import { lendShare, type LendableShare } from './lend-share.ts'
import type { Decision } from './plan-run.ts'
import type { StepNote } from './run-events.ts'
import { removeFolder } from './remove-folder.ts'
import type { StepEnd } from './step-end.ts'
import type { StepSurroundings } from './step-surroundings.ts'
import { stepEntry, writeCancelled, writeDone, writeFailed } from './write-step-end.ts'

/** After the first and the second failure that may pass; the third is final. */
const retryDelaysMs = [500, 2_000]
/** A worker that is killed again and again is killed for what this very step needs. */
const lossDelaysMs = retryDelaysMs.slice(0, 1)

let lastFolder = 0

/** Runs a step until it is done, failed for good, or cancelled, and writes down which. Rejects if it cannot. */
export async function executeStep(decision: Decision, run: StepSurroundings): Promise<StepEnd> {
  const { tokens, journal, signal } = run
  const { node } = decision.step
  let startedAt: number | null = null
  const takeOptions = {
    ...(run.maxThreads !== undefined && { maxThreads: run.maxThreads }),
    owner: run.journal,
    onWaitForOthers: () =>
      journal.progress({ event: 'step-progress', node, note: 'waiting for another run' }),
  }
  for (let attempts = 1; ; attempts++) {
    const taken = await tokens.take({ ...takeOptions, signal }).catch(() => null)
    const share =
      taken && lendShare(taken, () => tokens.take({ ...takeOptions, maxThreads: taken.threads, signal }))
    if (!share) return writeCancelled(decision, { run, startedAt, attempts: attempts - 1 })
    startedAt ??= Date.now()
    try {
      const times = { run, startedAt, attempts }
      const end = await tryOnce(decision, { ...times, share })
      if ('end' in end) return end.end
      journal.note({ events: [{ event: 'step-retried', node, error: end.error, delayMs: end.delayMs }] })
      share.release()
      await delay(end.delayMs, null, { signal }).catch(() => null)
    } finally {
      share.release()
    }
  }
}

async function tryOnce(
  decision: Decision,
  options: { run: StepSurroundings; startedAt: number; attempts: number; share: LendableShare },
): Promise<{ end: StepEnd } | { error: ErrorReport; delayMs: number }> {
  const { run, attempts, share } = options
  const { node } = decision.step
  const { threads, memoryMb } = share
  const folder = join(run.staging, String(++lastFolder))
  const notes: StepNote[] = []
  const failedItems: string[] = []
  try {
    run.journal.note({
      steps: [stepEntry(decision, { ...options, state: 'running' })],
      events: [{ event: 'step-started', node, threads, memoryMb, attempt: attempts }],
    })
    const attempt = await attemptStep({ decision, run, share, folder, notes, failedItems })
    if (attempt.kind === 'cancelled') return { end: writeCancelled(decision, options) }
    if (attempt.kind === 'done') {
      const end = await commit(decision, { ...options, attempt, notes })
      // It has ended well without the items that failed.
      if (end.kind === 'done' && failedItems.length > 0)
        run.journal.note({
          events: failedItems.map((failed) => ({ event: 'failure-handled', node: failed, by: [node] })),
        })
      return { end }
    }
    run.log.write(node, `attempt ${attempts} failed: ${attempt.details}`)
    const delayMs = retryDelayMs(attempt, attempts)
    if (delayMs !== undefined) return { error: attempt.error, delayMs }
    return { end: await writeFailed(decision, { ...options, attempt }) }
  } finally {
    await removeFolder(folder)
  }
}

async function commit(
  decision: Decision,
  options: Parameters<typeof writeDone>[1] & { attempt: Attempt & { kind: 'done' } },
): Promise<StepEnd> {
  try {
    return await writeDone(decision, options)
  } catch (thrown) {
    // Its artifacts could not be put into the store: a full disk, most likely.
    const attempt = failedAttempt(decision, thrown)
    options.run.log.write(decision.step.node, `could not be stored: ${attempt.details}`)
    return writeFailed(decision, { ...options, attempt })
  }
}

function retryDelayMs({ error, retryable }: FailedAttempt, attempts: number): number | undefined {
  if (!retryable) return undefined
  return (error.code === 'engine.worker-killed' ? lossDelaysMs : retryDelaysMs)[attempts - 1]
}
