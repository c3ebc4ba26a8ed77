/**
 * All values of a stream, for exact quantiles. Takes 8 bytes a value, and up to 16 while it grows: 160 MB at most
 * for ten million.
 */
export class CollectedValues {
  #values = new Float64Array(64)
  #count = 0

  add(value: number): void {
    if (this.#count === this.#values.length) this.#grow(this.#count + 1)
    this.#values[this.#count++] = value
  }

  addAll(values: Float64Array): void {
    const count = this.#count + values.length
    if (count > this.#values.length) this.#grow(count)
    this.#values.set(values, this.#count)
    this.#count = count
  }

  /** In any order. The memory is the accumulator's own, and will be put in order while quantiles are found. */
  all(): Float64Array {
    return this.#values.subarray(0, this.#count)
  }

  #grow(needed: number): void {
    const grown = new Float64Array(Math.max(needed, 2 * this.#values.length))
    grown.set(this.#values)
    this.#values = grown
  }
}
