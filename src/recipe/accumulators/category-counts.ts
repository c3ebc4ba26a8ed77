import { compareCodePoints } from '../../core/compare-code-points.ts'
import type { CodedTexts } from '../../tables/coded-texts.ts'

export type Category = string | number

const NULL = -1

/** How often each value of a column comes, and how often none does. */
export class CategoryCounts {
  /** Where the count of a category stands. */
  readonly #places = new Map<Category, number>()
  #counts = new Float64Array(16)
  /** The places of the texts of a list, from 1, by their codes; 0 where it was not met, NULL where it is none. */
  #coded = { texts: [] as readonly string[], places: new Int32Array() }
  nulls = 0
  rows = 0

  addColumn(column: Float64Array | readonly string[] | CodedTexts): void {
    if ('codes' in column) this.#addCodes(column)
    else for (let row = 0; row < column.length; row++) this.add(column[row]!)
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

  #addCodes({ codes, texts }: CodedTexts): void {
    if (this.#coded.texts !== texts || this.#coded.places.length < texts.length)
      this.#coded = { texts, places: new Int32Array(2 * texts.length) }
    const { places } = this.#coded
    for (let row = 0; row < codes.length; row++) {
      const code = codes[row]!
      const place = places[code]! || (places[code] = this.#placeOf(texts[code]!))
      if (place === NULL) this.nulls++
      else this.#counts[place - 1]! += 1
    }
    this.rows += codes.length
  }

  #placeOf(text: string): number {
    return text === '' ? NULL : 1 + (this.#places.get(text) ?? this.#newPlace(text))
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
