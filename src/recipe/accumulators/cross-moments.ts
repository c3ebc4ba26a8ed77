const blockRows = 1024

/** Means, and sums of products of differences from them: `width` × `width`, row by row. */
export interface CrossMoments {
  count: number
  means: Float64Array
  products: Float64Array
}

/**
 * Means and covariances of a stream of rows: two passes over blocks of 1 024 rows, whatever the chunks they come in,
 * the blocks merged in order (Chan, Golub & LeVeque 1979).
 */
export class CrossMomentsAccumulator {
  readonly #width: number
  readonly #block: Float64Array
  #filled = 0
  #total: CrossMoments

  constructor(width: number) {
    this.#width = width
    this.#block = new Float64Array(blockRows * width)
    this.#total = { count: 0, means: new Float64Array(width), products: new Float64Array(width * width) }
  }

  add(row: ArrayLike<number>): void {
    this.#block.set(row, this.#filled * this.#width)
    this.#filled++
    if (this.#filled === blockRows) this.#flush()
  }

  finish(): CrossMoments {
    this.#flush()
    return this.#total
  }

  #flush(): void {
    if (this.#filled > 0) merge(this.#total, momentsOf(this.#block, this.#filled, this.#width))
    this.#filled = 0
  }
}

/** The block is centered in place. */
function momentsOf(block: Float64Array, count: number, width: number): CrossMoments {
  const means = new Float64Array(width)
  for (let row = 0; row < count; row++)
    for (let column = 0; column < width; column++) means[column]! += block[row * width + column]!
  for (let column = 0; column < width; column++) means[column]! /= count
  const products = new Float64Array(width * width)
  for (let row = 0; row < count; row++) {
    const at = row * width
    for (let column = 0; column < width; column++) block[at + column]! -= means[column]!
    for (let a = 0; a < width; a++) {
      const value = block[at + a]!
      for (let b = a; b < width; b++) products[a * width + b]! += value * block[at + b]!
    }
  }
  for (let a = 0; a < width; a++)
    for (let b = 0; b < a; b++) products[a * width + b] = products[b * width + a]!
  return { count, means, products }
}

function merge(total: CrossMoments, next: CrossMoments): void {
  const width = total.means.length
  const count = total.count + next.count
  const weight = (total.count * next.count) / count
  const difference = next.means.map((mean, column) => mean - total.means[column]!)
  for (let a = 0; a < width; a++)
    for (let b = 0; b < width; b++)
      total.products[a * width + b]! +=
        next.products[a * width + b]! + weight * (difference[a]! * difference[b]!)
  for (let column = 0; column < width; column++)
    total.means[column]! += (difference[column]! * next.count) / count
  total.count = count
}
