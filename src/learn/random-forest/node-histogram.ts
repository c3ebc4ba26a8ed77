/** Sums over the rows of a node by the bins of one feature: `width` numbers a bin. */
export class NodeHistogram {
  readonly sums: Float64Array
  /** Rows, without their weights, by bin. */
  readonly counts: Uint32Array
  /** Numbers a bin: weight and weighted sum of amounts, or the weight of each class. */
  readonly width: number
  readonly #isClasses: boolean
  readonly #targets: Float32Array
  readonly #weights: Float32Array

  constructor(options: { outputs: number; targets: Float32Array; weights: Float32Array }) {
    const { outputs, targets, weights } = options
    this.#isClasses = outputs > 1
    this.width = Math.max(2, outputs)
    this.sums = new Float64Array(256 * this.width)
    this.counts = new Uint32Array(256)
    this.#targets = targets
    this.#weights = weights
  }

  count(rows: Uint32Array, column: Uint8Array, bins: number): void {
    const { sums, counts, width } = this
    const targets = this.#targets
    const weights = this.#weights
    sums.fill(0, 0, bins * width)
    counts.fill(0, 0, bins)
    for (let index = 0; index < rows.length; index++) {
      const row = rows[index]!
      const bin = column[row]!
      const weight = weights[row]!
      counts[bin] = counts[bin]! + 1
      if (this.#isClasses) {
        const at = bin * width + targets[row]!
        sums[at] = sums[at]! + weight
      } else {
        sums[2 * bin] = sums[2 * bin]! + weight
        sums[2 * bin + 1] = sums[2 * bin + 1]! + weight * targets[row]!
      }
    }
  }

  /** Sums over all rows of a node. */
  totalsOf(rows: Uint32Array): Float64Array {
    const totals = new Float64Array(this.width)
    for (const row of rows) {
      const weight = this.#weights[row]!
      if (this.#isClasses) totals[this.#targets[row]!]! += weight
      else {
        totals[0]! += weight
        totals[1]! += weight * this.#targets[row]!
      }
    }
    return totals
  }

  /**
   * What a node with such sums adds to the score of a split: for amounts the square of the sum over the weight, for
   * classes the sum of squares over the weight. A split’s gain in it is what it takes off the squared error, or Gini
   * impurity, times the weight.
   */
  scoreOf(sums: Float64Array): number {
    if (!this.#isClasses) return sums[0]! > 0 ? sums[1]! ** 2 / sums[0]! : 0
    let weight = 0
    let squares = 0
    for (let output = 0; output < this.width; output++) {
      weight += sums[output]!
      squares += sums[output]! ** 2
    }
    return weight > 0 ? squares / weight : 0
  }

  /** Shares of the classes, or the mean amount. */
  answerOf(sums: Float64Array): number[] {
    if (!this.#isClasses) return [sums[0]! > 0 ? sums[1]! / sums[0]! : 0]
    const weight = sums.reduce((sum, each) => sum + each, 0)
    return Array.from(sums, (each) => (weight > 0 ? each / weight : 1 / this.width))
  }
}
