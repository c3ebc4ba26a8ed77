import type { Progress } from '../node-kit/run-context.ts'

const intervalMs = 100

/** Passes progress on at most ten times a second; of what comes faster, the latest. */
export function throttleProgress(pass: (progress: Progress) => void): {
  tell(progress: Progress): void
  stop(): void
} {
  let latest: Progress | undefined
  let timer: NodeJS.Timeout | undefined
  let passedAt = -Infinity
  const passLatest = (): void => {
    clearTimeout(timer)
    timer = undefined
    passedAt = performance.now()
    if (latest) pass(latest)
    latest = undefined
  }
  return {
    tell(progress) {
      latest = progress
      // A runner that never yields starves timers, so the clock decides as well.
      const waitMs = passedAt + intervalMs - performance.now()
      if (waitMs <= 0) passLatest()
      else timer ??= setTimeout(passLatest, waitMs)
    },
    stop: () => clearTimeout(timer),
  }
}
