import { compareCodePoints } from '../../core/compare-code-points.ts'

export type Category = string | number

/** How often each value of a column comes, and how often none does. */
export class CategoryCounts {
  /** Where the count of a category stands. */
  readonly #places = new Map<Category, number>()
  #counts = new Float64Array(16)
  nulls = 0
  rows = 0

  addColumn(column: Float64Array | readonly string[]): void {
    for (let row = 0; row < column.length; row++) this.add(column[row]!)
  }

  add(value: Category): void {
    this.rows++
    if (value === '' || value !== value) this.nulls++
    else this.#counts[this.#places.get(value) ?? this.#newPlace(value)]! += 1
  }

  /** Categories with their counts: texts by code point, numbers ascending. */
  sorted(): { category: Category; count: number }[] {
    return this.#list().sort((a, b) => compareCategories(a.category, b.category))
  }

  /** The first, in that order, of those that come most often; undefined where there are none. */
  mostFrequent(): Category | undefined {
    let best: Category | undefined
    let most = 0
    for (const { category, count } of this.#list()) {
      if (count < most || (count === most && compareCategories(category, best!) > 0)) continue
      best = category
      most = count
    }
    return best
  }

  #list(): { category: Category; count: number }[] {
    return Array.from(this.#places, ([category, place]) => ({ category, count: this.#counts[place]! }))
  }

  #newPlace(value: Category): number {
    const place = this.#places.size
    this.#places.set(value, place)
    if (place === this.#counts.length) {
      const grown = new Float64Array(2 * place)
      grown.set(this.#counts)
      this.#counts = grown
    }
    return place
  }
}

export function compareCategories(a: Category, b: Category): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  return compareCodePoints(String(a), String(b))
}
