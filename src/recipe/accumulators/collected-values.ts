/**
 * All values of a stream, for exact quantiles. Takes 8 bytes a value, and up to 16 while it grows: 160 MB at most
 * for ten million.
 */
export class CollectedValues {
  #values = new Float64Array(4096)
  #count = 0

  add(value: number): void {
    if (this.#count === this.#values.length) {
      const grown = new Float64Array(2 * this.#count)
      grown.set(this.#values)
      this.#values = grown
    }
    this.#values[this.#count++] = value
  }

  /** In ascending order. The memory is the accumulator's own. */
  sorted(): Float64Array {
    return this.#values.subarray(0, this.#count).sort()
  }
}

/**
 * The quantile at a share (0…1) of sorted values, interpolated linearly between the two nearest: R's type 7, NumPy's
 * default, computed as NumPy does. NaN where there are none.
 */
export function quantileOf(sorted: Float64Array, share: number): number {
  const position = (sorted.length - 1) * share
  const low = sorted[Math.floor(position)] ?? Number.NaN
  const high = sorted[Math.ceil(position)] ?? Number.NaN
  const part = position - Math.floor(position)
  if (part === 0) return low
  return part < 0.5 ? low + (high - low) * part : high - (high - low) * (1 - part)
}

/** The middle value, or the mean of the two middle ones. */
export function medianOf(sorted: Float64Array): number {
  const middle = Math.floor(sorted.length / 2)
  const high = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? high : ((sorted[middle - 1] ?? Number.NaN) + high) / 2
}
