/** Does the work of each name one after the other, and that of different names at the same time. */
export interface Queues {
  readonly all: Iterable<Promise<unknown>>
  isBusy(name: string): boolean
  /** What came of earlier work makes no difference. */
  add<Result>(name: string, work: () => Promise<Result>): Promise<Result>
}

export function createQueues(): Queues {
  const running = new Map<string, Promise<unknown>>()
  return {
    get all() {
      return running.values()
    },
    isBusy: (name) => running.has(name),
    add(name, work) {
      const next = after(running.get(name), work).finally(() => {
        if (running.get(name) === next) running.delete(name)
      })
      running.set(name, next)
      return next
    },
  }
}

async function after<Result>(
  before: Promise<unknown> | undefined,
  work: () => Promise<Result>,
): Promise<Result> {
  await before?.catch(() => {})
  return work()
}
