import { recipeError } from '../errors.ts'
import { compareCategories, type Category } from './category-counts.ts'

/** A mean for each output: of each category in order, of null, and of all rows. */
export type EncodedMeans = { means: number[][]; nulls: number[]; prior: number[] }

interface Cell {
  count: number
  /** Of a target of numbers. */
  sum: number
  /** Rows of each class, of a target of texts. */
  classes: Map<string, number> | null
}

const emptyCell = (): Cell => ({ count: 0, sum: 0, classes: null })

/** How many rows, and which targets, each category has in each fold. Rows without a target are passed over. */
export class TargetSums {
  readonly #folds: number
  readonly #byCategory = new Map<Category, Cell[]>()
  readonly #nulls: Cell[]
  readonly #labels = new Set<string>()
  #hasNumbers = false

  constructor(folds: number) {
    this.#folds = folds
    this.#nulls = Array.from({ length: folds }, emptyCell)
  }

  addColumn(
    values: Float64Array | readonly string[],
    target: Float64Array | readonly string[],
    folds: Float64Array,
  ): void {
    for (const [index, value] of values.entries()) {
      const answer = target[index]!
      if (answer === '' || answer !== answer) continue
      const cell = this.#cellsOf(value)[folds[index]!]!
      cell.count++
      if (typeof answer === 'number') this.#addNumber(cell, answer)
      else this.#addLabel(cell, answer)
    }
  }

  /** The classes that came, or that there were numbers; null where no row has a target. */
  labels(): string[] | 'numbers' | null {
    if (this.#hasNumbers) return 'numbers'
    return this.#labels.size > 0 ? [...this.#labels] : null
  }

  /** Texts by code point, numbers ascending. */
  categories(): Category[] {
    return [...this.#byCategory.keys()].sort(compareCategories)
  }

  /** Whether no row lies in another fold. */
  isAllIn(fold: number): boolean {
    return this.#cells().every((cells) => cells.every(({ count }, other) => other === fold || count === 0))
  }

  /** Smoothed means over some folds. */
  means(options: {
    folds: readonly number[]
    classes: readonly string[] | null
    smoothing: number
  }): EncodedMeans {
    const { folds, classes, smoothing } = options
    const outputs = classes ?? [null]
    const totals = this.#cells().map((cells) => total(cells, folds, outputs))
    const all = totals.reduce((sum, each) => ({
      count: sum.count + each.count,
      sums: sum.sums.map((value, output) => value + each.sums[output]!),
    }))
    const prior = all.sums.map((sum) => sum / all.count)
    const smoothed = ({ count, sums }: Total): number[] =>
      sums.map((sum, output) =>
        count === 0 ? prior[output]! : (sum + smoothing * prior[output]!) / (count + smoothing),
      )
    const [nulls, ...means] = totals.map(smoothed)
    return { means, nulls: nulls!, prior }
  }

  /** Of null first, then of the categories in order. */
  #cells(): Cell[][] {
    return [this.#nulls, ...this.categories().map((category) => this.#byCategory.get(category)!)]
  }

  #cellsOf(value: Category): Cell[] {
    if (value === '' || value !== value) return this.#nulls
    let cells = this.#byCategory.get(value)
    if (!cells) this.#byCategory.set(value, (cells = Array.from({ length: this.#folds }, emptyCell)))
    return cells
  }

  #addNumber(cell: Cell, answer: number): void {
    if (!Number.isFinite(answer)) throw recipeError('infinite-target')
    this.#hasNumbers = true
    cell.sum += answer
  }

  #addLabel(cell: Cell, answer: string): void {
    this.#labels.add(answer)
    cell.classes ??= new Map()
    cell.classes.set(answer, (cell.classes.get(answer) ?? 0) + 1)
  }
}

interface Total {
  count: number
  sums: number[]
}

function total(cells: readonly Cell[], folds: readonly number[], outputs: readonly (string | null)[]): Total {
  const chosen = folds.map((fold) => cells[fold]!)
  const valueOf = (cell: Cell, label: string | null): number =>
    label === null ? cell.sum : (cell.classes?.get(label) ?? 0)
  return {
    count: chosen.reduce((sum, { count }) => sum + count, 0),
    sums: outputs.map((label) => chosen.reduce((sum, cell) => sum + valueOf(cell, label), 0)),
  }
}
