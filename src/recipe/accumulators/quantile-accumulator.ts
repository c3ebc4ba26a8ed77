import { CollectedValues } from './collected-values.ts'
import { betweenNeighbours, neighboursAt } from './quantile.ts'
import { RankBracket } from './rank-bracket.ts'
import { StrideSample } from './stride-sample.ts'

/** So many values are held; of more, those near the quantiles. */
const MOST_HELD = 1 << 16
/** As a share of the ranks on each side: ten standard errors of a quantile of a random sample of MOST_HELD values. */
const MARGIN = 0.02

/**
 * Exact quantiles of a stream in bounded memory. Of the first values it learns between which bounds each quantile should
 * lie in the end; then it keeps what comes between these, and only counts the rest. Where the order of the values was
 * such that a quantile lies elsewhere, it has to see them again, and knows better bounds by then.
 */
export class QuantileAccumulator {
  readonly #shares: readonly number[]
  #held: CollectedValues | null = new CollectedValues()
  readonly #sample = new StrideSample()
  #brackets: RankBracket[] = []
  #margin = MARGIN
  #count = 0
  #isFirstPass = true

  constructor(shares: readonly number[]) {
    this.#shares = shares
  }

  /** Takes finite values. */
  add(values: Float64Array): void {
    if (this.#isFirstPass) {
      this.#count += values.length
      this.#sample.add(values)
    }
    if (!this.#held) {
      for (const bracket of this.#brackets) bracket.add(values)
      return
    }
    this.#held.addAll(values)
    if (this.#count <= MOST_HELD) return
    const held = this.#held.all()
    this.#held = null
    this.#bracket(held.slice())
    for (const bracket of this.#brackets) bracket.add(held)
  }

  /** At the end of the values: whether they have to come once more, all of them, in the same order. */
  again(): boolean {
    if (this.#held || this.#shares.every((share) => this.#neighbours(share))) return false
    this.#isFirstPass = false
    this.#margin *= 8
    this.#bracket(this.#sample.all())
    return true
  }

  /** Of one of the shares, as `quantileOf` says. */
  quantile(share: number): number {
    return betweenNeighbours(this.#neighbours(share)!, (this.#count - 1) * share)
  }

  /** As `medianOf` says; 0.5 must be among the shares. */
  median(): number {
    const [low, high] = this.#neighbours(0.5)!
    return this.#count % 2 === 1 ? low : (low + high) / 2
  }

  #neighbours(share: number): [number, number] | null {
    const place = Math.floor((this.#count - 1) * share)
    if (this.#held) return neighboursAt(this.#held.all(), place)
    return this.#brackets[this.#shares.indexOf(share)]!.neighboursAt(place, this.#count)
  }

  /** Reorders the values. */
  #bracket(values: Float64Array): void {
    this.#brackets = this.#shares.map((share) => {
      const at = (share: number): number => neighboursAt(values, Math.floor((values.length - 1) * share))[0]
      const low = share - this.#margin <= 0 ? -Infinity : at(share - this.#margin)
      const high = share + this.#margin >= 1 ? Infinity : at(share + this.#margin)
      return new RankBracket(low, high)
    })
  }
}
