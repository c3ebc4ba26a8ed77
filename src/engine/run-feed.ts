import type { Tracking } from '../storage/open-tracking.ts'
import type { RunEvent } from './run-events.ts'

/** Tells the events of one run in progress to whoever follows it. */
export interface RunFeed {
  tell(event: RunEvent): void
  /** Hears the latest progress of each step at once, then everything, then null; returns how to stop hearing. */
  subscribe(listener: (event: RunEvent | null) => void): () => void
  end(): void
}

export function createRunFeed(): RunFeed {
  const listeners = new Set<(event: RunEvent | null) => void>()
  const progress = new Map<string, RunEvent>()
  let isOver = false
  return {
    end() {
      isOver = true
      for (const listener of listeners) listener(null)
    },
    tell(event) {
      if (event.event === 'step-progress') progress.set(event.node, event)
      else if ('node' in event) progress.delete(event.node)
      for (const listener of listeners) listener(event)
    },
    subscribe(listener) {
      for (const event of progress.values()) listener(event)
      if (isOver) listener(null)
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}

/**
 * The events of a run after a sequence number: those stored, then, where the run is in progress, the live ones up to
 * its end. Ends early when the signal is aborted.
 */
export async function* followRun(options: {
  run: string
  after: number
  events: Tracking['events']
  feed: RunFeed | undefined
  signal: AbortSignal | undefined
}): AsyncGenerator<RunEvent, void, undefined> {
  const { run, after, events, feed, signal } = options
  const queue: (RunEvent | null)[] = [...(events.after(run, after) as unknown as RunEvent[])]
  let wake = (): void => {}
  const push = (event: RunEvent | null): void => {
    queue.push(event)
    wake()
  }
  const onAbort = (): void => push(null)
  signal?.addEventListener('abort', onAbort)
  // Nothing happens between reading and subscribing, so no event is missed or told twice.
  const unsubscribe = feed?.subscribe(push)
  if (!feed) queue.push(null)
  try {
    for (;;) {
      if (queue.length === 0) await new Promise<void>((resolve) => (wake = resolve))
      const event = queue.shift()
      if (!event || signal?.aborted) return
      yield event
    }
  } finally {
    unsubscribe?.()
    signal?.removeEventListener('abort', onAbort)
  }
}
