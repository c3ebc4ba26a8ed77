/** Numbers by which threads in step tell each other what to do, at the beginning of a piece of shared memory. */
export const signalBytes = 256

const step = 0
const finished = 1
const operation = 2
const failure = 3
/** Where the float64 arguments of an operation begin. */
const argumentsAt = 64
const mostArguments = 16

/** Spinning is quicker than sleeping where the others are nearly done, and useless where there are too few cores. */
const spins = 10_000

export interface ThreadSignals {
  numbers: Int32Array
  arguments: Float64Array
}

export function threadSignals(memory: SharedArrayBuffer, at: number): ThreadSignals {
  return {
    numbers: new Int32Array(memory, at, argumentsAt / 4),
    arguments: new Float64Array(memory, at + argumentsAt, mostArguments),
  }
}

/** Tells the other threads to start on an operation. */
export function startStep(signals: ThreadSignals, chosen: number): void {
  signals.numbers[operation] = chosen
  Atomics.store(signals.numbers, finished, 0)
  Atomics.add(signals.numbers, step, 1)
  Atomics.notify(signals.numbers, step)
}

/** Waits until so many threads have finished; false when one failed. */
export function waitForOthers({ numbers }: ThreadSignals, others: number): boolean {
  for (let tries = 0; ; tries++) {
    const done = Atomics.load(numbers, finished)
    if (done >= others) return Atomics.load(numbers, failure) === 0
    if (tries > spins) Atomics.wait(numbers, finished, done, 1000)
  }
}

/** Waits for the step after `last`, and gives its number and its operation. */
export function waitForStep({ numbers }: ThreadSignals, last: number): { step: number; operation: number } {
  for (let tries = 0; ; tries++) {
    const current = Atomics.load(numbers, step)
    if (current !== last) return { step: current, operation: numbers[operation]! }
    if (tries > spins) Atomics.wait(numbers, step, last, 1000)
  }
}

export function finishStep({ numbers }: ThreadSignals, failed: boolean): void {
  if (failed) Atomics.store(numbers, failure, 1)
  Atomics.add(numbers, finished, 1)
  Atomics.notify(numbers, finished)
}
