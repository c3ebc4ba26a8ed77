import { CollectedValues } from './collected-values.ts'
import { neighboursAt } from './quantile.ts'

/** The values of a stream between two bounds, and how many are beneath. What equals a bound is only counted. */
export class RankBracket {
  readonly #low: number
  readonly #high: number
  #below = 0
  #atLow = 0
  #atHigh = 0
  readonly #inside = new CollectedValues()

  constructor(low: number, high: number) {
    this.#low = low
    this.#high = high
  }

  add(values: Float64Array): void {
    const low = this.#low
    const high = this.#high
    let below = 0
    let atLow = 0
    let atHigh = 0
    for (let index = 0; index < values.length; index++) {
      const value = values[index]!
      // As numbers: a processor cannot guess on which side the next value lies.
      const isAtLeastLow = Number(value >= low)
      below += 1 - isAtLeastLow
      if ((isAtLeastLow & Number(value <= high)) === 0) continue
      if (value === low) atLow++
      else if (value === high) atHigh++
      else this.#inside.add(value)
    }
    this.#below += below
    this.#atLow += atLow
    this.#atHigh += atHigh
  }

  /**
   * The value at a place in ascending order of all `count` values, from 0, and the next one, which is infinite behind the
   * last. Null where one of them lies outside.
   */
  neighboursAt(place: number, count: number): [number, number] | null {
    const low = this.#at(place)
    const high = place + 1 < count ? this.#at(place + 1) : Infinity
    return low === null || high === null ? null : [low, high]
  }

  #at(place: number): number | null {
    const inside = this.#inside.all()
    const rank = place - this.#below
    if (rank < 0) return null
    if (rank < this.#atLow) return this.#low
    if (rank < this.#atLow + inside.length) return neighboursAt(inside, rank - this.#atLow)[0]
    return rank < this.#atLow + inside.length + this.#atHigh ? this.#high : null
  }
}
