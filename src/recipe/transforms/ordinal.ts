import type { Column } from '../../core/columns.ts'
import { categoryFor } from '../../core/transforms/encode-columns.ts'
import type { TransformParams } from '../../core/transforms/transform-step.ts'
import { CategoryCounts, type Category } from '../accumulators/category-counts.ts'
import { countedBy } from '../counted-by.ts'
import { emitCodes } from '../emit-codes.ts'
import { recipeError } from '../errors.ts'
import type { Fit, Transform } from '../transform.ts'

type Params = Extract<TransformParams<'encode'>, { method: 'ordinal' }>

/** The categories of each column; the first is 0. */
type OrdinalState = Category[][]

/** As scikit-learn's OrdinalEncoder; null stays null. */
export function ordinalTransform(params: Params): Transform<OrdinalState> {
  return {
    fit: (columns) => fitOf(params, columns),
    emit(graph, state) {
      const chosen = params.columns
        .map((name, index) => ({ name, categories: state[index]! }))
        .filter(({ name }) => graph.isWanted(name))
      const columns = graph.separate(chosen.map(({ name }) => name))
      for (const [index, { name, categories }] of chosen.entries()) {
        const codes = categories.map((category, code) => [category, code] as const)
        const others = params.unknown === 'minus-one' ? -1 : Number.NaN
        const mapping = { codes, nulls: Number.NaN, others }
        graph.put([name], emitCodes(graph, columns[index]!, mapping))
      }
    },
  }
}

function fitOf(params: Params, columns: readonly Column[]): Fit<OrdinalState> {
  const fits = columns.map(({ name, type }, index) => {
    const given = params.orders?.[index]?.map((value) => categoryFor(type, value)!)
    return { name, given, counts: new CategoryCounts() }
  })
  const learned = fits.filter(({ given }) => !given)
  return {
    reads: learned.map(({ name }) => name),
    ...countedBy(learned.map(({ name, counts }) => ({ name, values: counts }))),
    finish: () => fits.map(({ name, given, counts }) => given ?? learnedCategories(name, counts)),
  }
}

function learnedCategories(column: string, counts: CategoryCounts): Category[] {
  const categories = counts.sorted().map(({ category }) => category)
  if (categories.length === 0) throw recipeError('no-values', { column })
  if (categories.some((category) => typeof category === 'number' && !Number.isFinite(category)))
    throw recipeError('infinite-value', { column })
  return categories
}
