import type { StagedArtifact } from '../storage/artifact-folders.ts'
import { engineError } from './errors.ts'
import type { LendableShare } from './lend-share.ts'
import type { RunStep } from './run-steps.ts'
import type { StepSurroundings } from './step-surroundings.ts'
import type { HostCalls } from './worker-protocol.ts'

/** The most items that one step may run. */
export const maximumItems = 10_000

/** The items that a step runs: they stop when it ends. */
export interface ItemCalls {
  run: HostCalls['items.run']
  /** Stops what is in progress, and waits until it has stopped. */
  close(): Promise<void>
}

export function openItemCalls(options: {
  step: RunStep
  run: StepSurroundings
  share: LendableShare
  /** Gets the steps of items that failed. */
  failedItems: string[]
}): ItemCalls {
  const { step, run, share, failedItems } = options
  const stop = new AbortController()
  const signal = AbortSignal.any([run.signal, stop.signal])
  const seen = new Set<string>()
  const atWork = new Set<Promise<unknown>>()
  let kept: Promise<void> = Promise.resolve()
  /** What was written later may need what was written earlier, whichever item it was sent with. */
  const keep = (written: readonly StagedArtifact[]): Promise<void> =>
    (kept = kept.then(() => run.journal.commitArtifacts(written)))
  return {
    async run({ item, inputs, parameters, written }) {
      if (!step.subpipeline) throw new TypeError('the node type does not say which sub-pipeline it runs')
      if (seen.has(item)) throw engineError('item-twice', { item })
      if (seen.size === maximumItems) throw engineError('too-many-items', { limit: maximumItems })
      seen.add(item)
      const { subpipeline } = step
      const work = share.whileWaiting(async () => {
        await keep(written)
        const end = await run.runItem({ step, subpipeline, item, inputs, parameters, signal, run })
        failedItems.push(...end.failed)
        return end.outcome
      })
      const settled: Promise<unknown> = work.catch(() => {}).then(() => atWork.delete(settled))
      atWork.add(settled)
      return work
    },
    async close() {
      stop.abort()
      await Promise.all(atWork)
    },
  }
}
