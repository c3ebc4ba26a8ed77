import type { Share } from './budget.ts'

/** A share that can be lent out while its step waits for others. */
export interface LendableShare extends Share {
  /** Gives the share back while work goes on elsewhere, however many such works there are, and takes one again. */
  whileWaiting<Result>(work: () => Promise<Result>): Promise<Result>
}

export function lendShare(first: Share, take: () => Promise<Share>): LendableShare {
  let held = first
  let works = 0
  let isOver = false
  let taking: Promise<void> | null = null
  const takeAgain = async (): Promise<void> => {
    const taken = await take().catch(() => null)
    taking = null
    // Meanwhile another work may have begun, or the step have ended.
    if (taken && works === 0 && !isOver) held = taken
    else taken?.release()
  }
  return {
    threads: first.threads,
    memoryMb: first.memoryMb,
    async whileWaiting(work) {
      if (works++ === 0) held.release()
      try {
        return await work()
      } finally {
        // Works that end while a share is waited for wait for the same one: a second would be held for ever.
        if (--works === 0) await (taking ??= takeAgain())
      }
    },
    release() {
      isOver = true
      held.release()
    },
  }
}
