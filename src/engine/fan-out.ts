/** Tells everybody who listens what happens. */
export interface FanOut<Event> {
  /** How many listen now. */
  readonly listening: number
  tell(event: Event): void
  /** What happens from now on, until the signal. A listener that does not read loses the oldest. */
  follow(signal?: AbortSignal): AsyncGenerator<Event, void, undefined>
}

const mostWaiting = 1_000

export function createFanOut<Event>(): FanOut<Event> {
  const listeners = new Set<(event: Event) => void>()
  return {
    get listening() {
      return listeners.size
    },
    tell(event) {
      for (const listener of listeners) listener(event)
    },
    follow(signal) {
      const waiting: Event[] = []
      let isEnded = false
      let wake = (): void => {}
      const listener = (event: Event): void => {
        waiting.push(event)
        if (waiting.length > mostWaiting) waiting.shift()
        wake()
      }
      const end = (): void => {
        isEnded = true
        listeners.delete(listener)
        signal?.removeEventListener('abort', end)
        wake()
      }
      // From the call on, not from the first read: nothing is missed in between.
      listeners.add(listener)
      signal?.addEventListener('abort', end)
      if (signal?.aborted) end()
      const events = (async function* () {
        for (;;) {
          if (isEnded) return
          const event = waiting.shift()
          if (event) yield event
          else await new Promise<void>((resolve) => (wake = resolve))
        }
      })()
      // A generator that was never read runs nothing when it is ended, and one that waits would wait on.
      const leave = events.return.bind(events)
      events.return = (value) => {
        end()
        return leave(value)
      }
      return events
    },
  }
}
