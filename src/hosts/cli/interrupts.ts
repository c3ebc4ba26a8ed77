import { exitCodes } from './exit-codes.ts'

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

export interface Interrupts {
  /** Aborted by the first Ctrl-C (or SIGTERM, or the end of the terminal). */
  readonly first: AbortSignal
  /** From here on another Ctrl-C counts as a first one: for what is cancelled separately. */
  next(): AbortSignal
}

/** The first interrupt asks to cancel; the one after it ends the process at once. */
export function watchInterrupts(options: { restoreTerminal(): void }): Interrupts {
  let current = new AbortController()
  const { signal } = current
  const interrupt = (): void => {
    if (!current.signal.aborted) return current.abort()
    options.restoreTerminal()
    process.exit(exitCodes.cancelled)
  }
  for (const signal of signals) process.on(signal, interrupt)
  return {
    first: signal,
    next() {
      if (!current.signal.aborted) return current.signal
      current = new AbortController()
      return current.signal
    },
  }
}
