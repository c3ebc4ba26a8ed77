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

/** Shares the budget out to steps, in the order in which they ask. */
export interface BudgetTokens {
  readonly cores: number
  /** Waits for at least one free core. Rejects with the signal's reason when it is aborted first. */
  take(options: { signal: AbortSignal; maxThreads?: number }): Promise<Share>
}

const memoryShare = 0.6

/** All cores and 60 % of the memory, of the container where there is one. */
export function defaultBudget(): Budget {
  const limit = process.constrainedMemory()
  const bytes = limit > 0 ? Math.min(limit, totalmem()) : totalmem()
  return { cores: availableParallelism(), memoryMb: Math.floor((bytes * memoryShare) / 2 ** 20) }
}

interface Request {
  maxThreads: number
  grant: (share: Share) => void
}

/** Free cores are divided evenly among the steps that wait for them, so that a lone step gets them all. */
export function createBudgetTokens(budget: Budget): BudgetTokens {
  const waiting: Request[] = []
  let free = budget.cores
  let isGrantingSoon = false
  const grantSoon = (): void => {
    if (isGrantingSoon) return
    isGrantingSoon = true
    // Steps that become ready together ask one after the other: hear them all before dividing.
    queueMicrotask(() => {
      isGrantingSoon = false
      const granted = waiting.splice(0, free)
      for (const [index, { maxThreads, grant }] of granted.entries()) {
        const even = Math.floor(free / (granted.length - index))
        grant(share(Math.min(even, maxThreads)))
      }
    })
  }
  const share = (threads: number): Share => {
    free -= threads
    let isHeld = true
    return {
      threads,
      memoryMb: Math.floor((budget.memoryMb * threads) / budget.cores),
      release() {
        if (!isHeld) return
        isHeld = false
        free += threads
        grantSoon()
      },
    }
  }
  return {
    cores: budget.cores,
    take: ({ signal, maxThreads = budget.cores }) =>
      new Promise((resolve, reject) => {
        signal.throwIfAborted()
        const withdraw = (): void => {
          waiting.splice(waiting.indexOf(request), 1)
          reject(signal.reason as Error)
        }
        const request: Request = {
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
