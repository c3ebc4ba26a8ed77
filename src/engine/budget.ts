import { availableParallelism, totalmem } from 'node:os'

/** What all steps that run at a time may use together. */
export interface Budget {
  cores: number
  memoryMb: number
}

/** A step's part of the budget, until it gives it back. */
export interface Share {
  threads: number
  memoryMb: number
  release(): void
}

/** Cores that no step has or waits for: for work that can wait, and be done over. */
export interface SpareCores {
  readonly count: number
  /** Told at each change, until what it gives is called. */
  watch(listener: () => void): () => void
}

/** Shares the budget out to steps, in the order in which they ask. */
export interface BudgetTokens {
  readonly cores: number
  readonly spare: SpareCores
  /** Waits for at least one free core. Rejects with the signal's reason when it is aborted first. */
  take(options: TakeOptions): Promise<Share>
}

export interface TakeOptions {
  signal: AbortSignal
  maxThreads?: number
  /** The run that asks. */
  owner?: object
  /** Told once, when it has to wait and only other runs have cores. */
  onWaitForOthers?: () => void
}

const memoryShare = 0.6

/** All cores and 60 % of the memory, of the container where there is one. */
export function defaultBudget(): Budget {
  const limit = process.constrainedMemory()
  const bytes = limit > 0 ? Math.min(limit, totalmem()) : totalmem()
  return { cores: availableParallelism(), memoryMb: Math.floor((bytes * memoryShare) / 2 ** 20) }
}

interface Request extends Pick<TakeOptions, 'owner' | 'onWaitForOthers'> {
  maxThreads: number
  grant: (share: Share) => void
}

/** Free cores are divided evenly among the steps that wait for them, so that a lone step gets them all. */
export function createBudgetTokens(budget: Budget): BudgetTokens {
  const waiting: Request[] = []
  const holders: (object | undefined)[] = []
  const watchers = new Set<() => void>()
  let free = budget.cores
  const changeFree = (by: number): void => {
    free += by
    for (const watcher of watchers) watcher()
  }
  let isGrantingSoon = false
  const grantSoon = (): void => {
    if (isGrantingSoon) return
    isGrantingSoon = true
    // Steps that become ready together ask one after the other: hear them all before dividing.
    queueMicrotask(() => {
      isGrantingSoon = false
      const granted = waiting.splice(0, free)
      for (const [index, { maxThreads, owner, grant }] of granted.entries()) {
        const even = Math.floor(free / (granted.length - index))
        grant(share(Math.min(even, maxThreads), owner))
      }
      for (const request of waiting) tellIfForOthers(request)
    })
  }
  const tellIfForOthers = (request: Request): void => {
    const others = holders.filter((holder) => holder !== undefined)
    if (others.length === 0 || others.some((owner) => owner === request.owner)) return
    request.onWaitForOthers?.()
    delete request.onWaitForOthers
  }
  const share = (threads: number, owner: object | undefined): Share => {
    changeFree(-threads)
    holders.push(owner)
    let isHeld = true
    return {
      threads,
      memoryMb: Math.floor((budget.memoryMb * threads) / budget.cores),
      release() {
        if (!isHeld) return
        isHeld = false
        holders.splice(holders.indexOf(owner), 1)
        changeFree(threads)
        grantSoon()
      },
    }
  }
  return {
    cores: budget.cores,
    spare: {
      get count() {
        return free
      },
      watch(listener) {
        watchers.add(listener)
        return () => watchers.delete(listener)
      },
    },
    take: ({ signal, maxThreads = budget.cores, ...asker }) =>
      new Promise((resolve, reject) => {
        signal.throwIfAborted()
        const withdraw = (): void => {
          waiting.splice(waiting.indexOf(request), 1)
          reject(signal.reason as Error)
        }
        const request: Request = {
          ...asker,
          maxThreads,
          grant(granted) {
            signal.removeEventListener('abort', withdraw)
            resolve(granted)
          },
        }
        signal.addEventListener('abort', withdraw, { once: true })
        waiting.push(request)
        grantSoon()
      }),
  }
}
