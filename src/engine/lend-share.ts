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
  return {
    threads: first.threads,
    memoryMb: first.memoryMb,
    async whileWaiting(work) {
      if (works++ === 0) held.release()
      try {
        return await work()
      } finally {
        if (--works === 0) {
          const taken = await take().catch(() => null)
          // Meanwhile another work may have begun, or the step have ended.
          if (taken && works === 0 && !isOver) held = taken
          else taken?.release()
        }
      }
    },
    release() {
      isOver = true
      held.release()
    },
  }
}
