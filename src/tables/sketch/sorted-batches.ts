import { sortNumbers } from '../sort/sort-numbers.ts'

/** Cuts a stream of numbers into sorted batches of 2 048, each valid until the next, and a rest. */
export class SortedBatches {
  static readonly SIZE = 2048

  readonly #values = new Float64Array(SortedBatches.SIZE)
  #count = 0
  readonly #onBatch: (sorted: Float64Array) => void

  constructor(onBatch: (sorted: Float64Array) => void) {
    this.#onBatch = onBatch
  }

  add(values: Float64Array): void {
    for (let start = 0; start < values.length;) {
      if (this.#count === SortedBatches.SIZE) this.#giveBatch()
      const taken = values.subarray(start, start + SortedBatches.SIZE - this.#count)
      this.#values.set(taken, this.#count)
      this.#count += taken.length
      start += taken.length
    }
  }

  /** Takes in the rest of another, which keeps it. */
  addRestOf(other: SortedBatches): void {
    this.add(other.#values.subarray(0, other.#count))
  }

  /** The numbers that are in no batch yet, as they came; it has none then. Valid until it takes others. */
  takeRest(): Float64Array {
    const rest = this.#values.subarray(0, this.#count)
    this.#count = 0
    return rest
  }

  #giveBatch(): void {
    this.#count = 0
    sortNumbers(this.#values)
    this.#onBatch(this.#values)
  }
}
