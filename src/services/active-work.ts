/** What goes on in a host, whoever asked for it. */
export interface ActiveWork {
  readonly count: number
  /** Resolves when what goes on now has settled. */
  settled(): Promise<unknown>
  /** Counts until the promise settles, either way. */
  track(work: Promise<unknown>): void
}

export function createActiveWork(): ActiveWork {
  const active = new Set<Promise<unknown>>()
  return {
    get count() {
      return active.size
    },
    settled: () => Promise.all(active),
    track(work) {
      const settled: Promise<void> = work.then(
        () => void active.delete(settled),
        () => void active.delete(settled),
      )
      active.add(settled)
    },
  }
}
