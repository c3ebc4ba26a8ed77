import { setImmediate } from 'node:timers/promises'
import type { CancelSignal } from '../node-kit/run-context.ts'

const turnMs = 40

/**
 * For long loops: a function to await between pieces of work. When the last turn is long enough ago it lets waiting
 * messages in (a cancel among them), and it throws once the signal is aborted.
 */
export function eventTurns(signal: CancelSignal): () => Promise<void> | undefined {
  let last = performance.now()
  const takeTurn = async (): Promise<void> => {
    await setImmediate()
    last = performance.now()
    signal.throwIfAborted()
  }
  return () => {
    signal.throwIfAborted()
    return performance.now() - last < turnMs ? undefined : takeTurn()
  }
}
