import { compareCodePoints } from '../../core/compare-code-points.ts'

export type Category = string | number

/** How often each value of a column comes, and how often none does. */
export class CategoryCounts {
  readonly #counts = new Map<Category, number>()
  nulls = 0
  rows = 0

  addColumn(column: Float64Array | readonly string[]): void {
    for (const value of column) this.add(value)
  }

  add(value: Category): void {
    this.rows++
    if (value === '' || value !== value) this.nulls++
    else this.#counts.set(value, (this.#counts.get(value) ?? 0) + 1)
  }

  /** Categories with their counts: texts by code point, numbers ascending. */
  sorted(): { category: Category; count: number }[] {
    return Array.from(this.#counts, ([category, count]) => ({ category, count })).sort((a, b) =>
      compareCategories(a.category, b.category),
    )
  }

  /** The first, in that order, of those that come most often; undefined where there are none. */
  mostFrequent(): Category | undefined {
    let best: Category | undefined
    let most = 0
    for (const [category, count] of this.#counts) {
      if (count < most || (count === most && compareCategories(category, best!) > 0)) continue
      best = category
      most = count
    }
    return best
  }
}

export function compareCategories(a: Category, b: Category): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  return compareCodePoints(String(a), String(b))
}
