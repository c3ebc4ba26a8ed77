/** What goes on in a host, whoever asked for it. */
export interface ActiveWork {
  readonly count: number
  /** Resolves when what goes on now has settled. */
  settled(): Promise<unknown>
  /** Counts until the promise settles, either way, or who asked for it is gone: then nobody waits for it. */
  track(work: Promise<unknown>, gone?: AbortSignal): void
}

export function createActiveWork(): ActiveWork {
  const active = new Set<Promise<unknown>>()
  return {
    get count() {
      return active.size
    },
    settled: () => Promise.all(active),
    track(work, gone) {
      if (gone?.aborted) return
      const settled: Promise<void> = work.then(
        () => void active.delete(settled),
        () => void active.delete(settled),
      )
      active.add(settled)
      gone?.addEventListener('abort', () => active.delete(settled), { once: true })
    },
  }
}
