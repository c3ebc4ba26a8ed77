/**
 * All values of a stream, for exact quantiles. Takes 8 bytes a value, and up to 16 while it grows: 160 MB at most
 * for ten million.
 */
export class CollectedValues {
  #values = new Float64Array(64)
  #count = 0

  add(value: number): void {
    if (this.#count === this.#values.length) {
      const grown = new Float64Array(2 * this.#count)
      grown.set(this.#values)
      this.#values = grown
    }
    this.#values[this.#count++] = value
  }

  /** In any order. The memory is the accumulator's own, and will be put in order while quantiles are found. */
  all(): Float64Array {
    return this.#values.subarray(0, this.#count)
  }
}
