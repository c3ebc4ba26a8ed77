import type { WorkspaceEvent } from '../contract/workspace-event.ts'

/** Tells everybody who listens what happens in a workspace. */
export interface Happenings {
  tell(event: WorkspaceEvent): void
  /** What happens from now on, until the signal. A listener that does not read loses the oldest. */
  follow(signal?: AbortSignal): AsyncGenerator<WorkspaceEvent, void, undefined>
}

const mostWaiting = 1_000

export function createHappenings(): Happenings {
  const listeners = new Set<(event: WorkspaceEvent) => void>()
  return {
    tell(event) {
      for (const listener of listeners) listener(event)
    },
    follow(signal) {
      const waiting: WorkspaceEvent[] = []
      let wake = (): void => {}
      const listener = (event: WorkspaceEvent): void => {
        waiting.push(event)
        if (waiting.length > mostWaiting) waiting.shift()
        wake()
      }
      // From the call on, not from the first read: nothing is missed in between.
      listeners.add(listener)
      return (async function* () {
        const stop = (): void => wake()
        signal?.addEventListener('abort', stop)
        try {
          for (;;) {
            if (signal?.aborted) return
            const event = waiting.shift()
            if (event) yield event
            else await new Promise<void>((resolve) => (wake = resolve))
          }
        } finally {
          listeners.delete(listener)
          signal?.removeEventListener('abort', stop)
        }
      })()
    },
  }
}
