/** Number of values, their mean, and the sum of squared differences from it. */
export interface Moments {
  count: number
  mean: number
  squares: number
}

const blockSize = 4096

/**
 * Mean and variance of a stream of numbers: two passes over blocks of 4 096 values, whatever the chunks they come
 * in, and the blocks merged pairwise in order.
 */
export class MomentsAccumulator {
  /** Grows to a whole block: there may be one accumulator for each of many groups. */
  #block = new Float64Array(16)
  #filled = 0
  #total: Moments = { count: 0, mean: 0, squares: 0 }

  add(value: number): void {
    if (this.#filled === this.#block.length) this.#grow()
    this.#block[this.#filled++] = value
    if (this.#filled === blockSize) this.#flush()
  }

  addAll(values: Float64Array): void {
    for (let from = 0; from < values.length;) {
      if (this.#filled === 0 && this.#block.length < blockSize) this.#block = new Float64Array(blockSize)
      const part = values.subarray(from, from + this.#block.length - this.#filled)
      this.#block.set(part, this.#filled)
      this.#filled += part.length
      from += part.length
      if (this.#filled === blockSize) this.#flush()
      else if (this.#filled === this.#block.length) this.#grow()
    }
  }

  finish(): Moments {
    this.#flush()
    return this.#total
  }

  #grow(): void {
    const grown = new Float64Array(Math.min(blockSize, 4 * this.#filled))
    grown.set(this.#block)
    this.#block = grown
  }

  #flush(): void {
    if (this.#filled > 0)
      this.#total = mergeMoments(this.#total, momentsOf(this.#block.subarray(0, this.#filled)))
    this.#filled = 0
  }
}

/** Two passes, the second corrected for what the mean is off by rounding (Chan, Golub & LeVeque 1983, eq. 1.7). */
function momentsOf(values: Float64Array): Moments {
  const count = values.length
  // Loops by index and products take a ninth of what iterators and powers do.
  let sum = 0
  for (let index = 0; index < count; index++) sum += values[index]!
  const mean = sum / count
  let difference = 0
  let squares = 0
  for (let index = 0; index < count; index++) {
    const distance = values[index]! - mean
    difference += distance
    squares += distance * distance
  }
  return { count, mean: mean + difference / count, squares: squares - difference ** 2 / count }
}

/** The moments of two sets of values together (Chan, Golub & LeVeque 1979). */
function mergeMoments(a: Moments, b: Moments): Moments {
  if (a.count === 0) return b
  const count = a.count + b.count
  const difference = b.mean - a.mean
  return {
    count,
    mean: a.mean + (difference * b.count) / count,
    squares: a.squares + b.squares + (difference ** 2 * a.count * b.count) / count,
  }
}
