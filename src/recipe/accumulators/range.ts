/** The smallest and the largest value of a stream. */
export class RangeAccumulator {
  #min = Number.POSITIVE_INFINITY
  #max = Number.NEGATIVE_INFINITY

  add(value: number): void {
    if (value < this.#min) this.#min = value
    if (value > this.#max) this.#max = value
  }

  addAll(values: Float64Array): void {
    for (let index = 0; index < values.length; index++) this.add(values[index]!)
  }

  finish(): { min: number; max: number } {
    return { min: this.#min, max: this.#max }
  }
}
