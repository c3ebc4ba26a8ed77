const CAPACITY = 1 << 16

/** Every n-th value of a stream; n doubles when there are too many. */
export class StrideSample {
  readonly #values = new Float64Array(CAPACITY)
  #count = 0
  #stride = 1
  /** Values to come before the next that is taken. */
  #skip = 0

  add(values: Float64Array): void {
    for (; this.#skip < values.length; this.#skip += this.#stride) {
      if (this.#count === CAPACITY) this.#thin()
      this.#values[this.#count++] = values[this.#skip]!
    }
    this.#skip -= values.length
  }

  all(): Float64Array {
    return this.#values.slice(0, this.#count)
  }

  #thin(): void {
    this.#count = CAPACITY / 2
    for (let index = 0; index < this.#count; index++) this.#values[index] = this.#values[2 * index]!
    this.#stride *= 2
  }
}
