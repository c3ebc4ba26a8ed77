/**
 * Count, minimum, maximum, mean and spread of a stream of finite numbers, merged chunk by chunk (Chan, Golub and
 * LeVeque, “Algorithms for computing the sample variance”, 1983). Equal chunks give equal bits.
 */
export class Moments {
  count = 0
  min = Infinity
  max = -Infinity
  mean = 0
  /** Sum of squared deviations from the mean. */
  #squares = 0

  /** Sample standard deviation; 0 for a single number. */
  get standardDeviation(): number {
    return this.count > 1 ? Math.sqrt(this.#squares / (this.count - 1)) : 0
  }

  add(values: Float64Array): void {
    if (values.length === 0) return
    let [sum, min, max] = [0, Infinity, -Infinity]
    for (let index = 0; index < values.length; index++) {
      const value = values[index]!
      sum += value
      if (value < min) min = value
      if (value > max) max = value
    }
    const mean = sum / values.length
    let squares = 0
    for (let index = 0; index < values.length; index++) {
      const distance = values[index]! - mean
      squares += distance * distance
    }
    const chunk = new Moments()
    chunk.count = values.length
    chunk.min = min
    chunk.max = max
    chunk.mean = mean
    chunk.#squares = squares
    this.merge(chunk)
  }

  merge(other: Moments): void {
    if (other.count === 0) return
    const count = this.count + other.count
    const difference = other.mean - this.mean
    this.mean += difference * (other.count / count)
    this.#squares += other.#squares + difference ** 2 * ((this.count * other.count) / count)
    this.count = count
    this.min = Math.min(this.min, other.min)
    this.max = Math.max(this.max, other.max)
  }
}
