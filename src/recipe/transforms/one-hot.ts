import type { Column } from '../../core/columns.ts'
import type { TransformParams } from '../../core/transforms/transform-step.ts'
import type { Value } from '../../onnx/graph-builder.ts'
import { elementCodes, tensor } from '../../onnx/tensor.ts'
import { CategoryCounts, type Category } from '../accumulators/category-counts.ts'
import { countedBy } from '../counted-by.ts'
import { emitCodes } from '../emit-codes.ts'
import { recipeError } from '../errors.ts'
import type { StepGraph } from '../step-graph.ts'
import type { Fit, Transform } from '../transform.ts'
import { groupRare, type CategoryGroups } from './group-rare.ts'

type Params = Extract<TransformParams<'encode'>, { method: 'one-hot' }>

/** The elements of one vector, in order: own categories, null, what is rare. */
type VectorState = {
  type: Column['type']
  categories: Category[]
  /** What a null is: an element of its own, rare, as something unknown, or nothing at all. */
  nulls: 'own' | 'rare' | 'unknown' | 'ignored'
  /** The categories behind the element for what is rare: all others (`unknown: 'rare'`), or these. */
  rare: 'others' | Category[] | null
  /** Whether the first element is left out. */
  dropsFirst: boolean
}

/** More would make a vector that no learner can work with. */
const mostCategories = 10_000

/** As scikit-learn's OneHotEncoder, with `handle_unknown` `infrequent_if_exist` (rare) or `ignore`. */
export function oneHotTransform(params: Params): Transform<VectorState[]> {
  return {
    fit: (columns) => fitOf(params, columns),
    elementsOf: (column, state) => elementNames(column, state[params.columns.indexOf(column)]!),
    emit(graph, state) {
      const chosen = params.columns
        .map((name, index) => ({ name, vector: state[index]! }))
        .filter(({ name }) => graph.isWanted(name))
      const widths = chosen.map(({ vector }) => widthOf(vector))
      const columns = graph.separate(chosen.map(({ name }) => name))
      const hits = chosen.flatMap(({ vector }, index) =>
        widths[index] === 0 ? [] : [emitHits(graph, columns[index]!, vector)],
      )
      const names = chosen.map(({ name }) => name)
      graph.put(names, hits.length === 0 ? '' : joinHits(graph, hits), widths)
    },
  }
}

function fitOf(params: Params, columns: readonly Column[]): Fit<VectorState[]> {
  const counts = columns.map(({ name, type }) => ({ name, type, values: new CategoryCounts() }))
  return {
    reads: params.columns,
    ...countedBy(counts),
    finish: () => counts.map(({ name, type, values }) => vectorState(params, { name, type }, values)),
  }
}

function vectorState(
  params: Params,
  { name, type }: Pick<Column, 'name' | 'type'>,
  counts: CategoryCounts,
): VectorState {
  const categories = counts.sorted()
  if (categories.some(({ category }) => category === Infinity || category === -Infinity))
    throw recipeError('infinite-value', { column: name })
  const groups = groupRare(
    { categories, nulls: params.nulls === 'category' ? counts.nulls : 0, rows: counts.rows },
    params,
  )
  const width =
    groups.own.length +
    Number(groups.nulls === 'own') +
    Number(groups.rare.length > 0 || groups.nulls === 'rare')
  if (width === 0) throw recipeError('no-categories', { column: name })
  if (width > mostCategories)
    throw recipeError('too-many-categories', { column: name, count: width, limit: mostCategories })
  return {
    type,
    categories: groups.own,
    nulls: params.nulls === 'ignore' ? 'ignored' : groups.nulls,
    rare: rareOf(groups, params),
    dropsFirst: params.drop === 'first' || (params.drop === 'if-binary' && width === 2),
  }
}

function rareOf({ rare, nulls }: CategoryGroups, { unknown }: Params): VectorState['rare'] {
  if (rare.length === 0 && nulls !== 'rare') return null
  return unknown === 'rare' ? 'others' : rare
}

/** `Contract=One year`; what no category is stands in brackets, and a category that reads so in quotes. */
function elementNames(column: string, vector: VectorState): string[] {
  const names = vector.categories.map((category) => `${column}=${categoryText(vector.type, category)}`)
  if (vector.nulls === 'own') names.push(`${column}=(null)`)
  if (vector.rare) names.push(`${column}=(rare)`)
  return vector.dropsFirst ? names.slice(1) : names
}

function categoryText(type: Column['type'], category: Category): string {
  if (type === 'boolean') return category === 1 ? 'true' : 'false'
  if (type === 'date' || type === 'datetime') {
    const text = new Date(Number(category)).toISOString()
    return type === 'date' ? text.slice(0, 10) : text
  }
  const text = String(category)
  return /^"*\((null|rare)\)"*$/.test(text) ? `"${text}"` : text
}

function widthOf({ categories, nulls, rare, dropsFirst }: VectorState): number {
  return categories.length + Number(nulls === 'own') + Number(rare !== null) - Number(dropsFirst)
}

/** Bool [N, width]: at most one true a row. */
function emitHits(graph: StepGraph, column: Value, vector: VectorState): Value {
  const { builder } = graph
  const first = vector.dropsFirst ? -1 : 0
  const own = vector.categories.map((category, index): [Category, number] => [category, first + index])
  const nullCode = first + own.length
  const rareCode = nullCode + Number(vector.nulls === 'own')
  const nothing = -1
  const others = vector.rare === 'others' ? rareCode : nothing
  const rare = Array.isArray(vector.rare)
    ? vector.rare.map((each): [Category, number] => [each, rareCode])
    : []
  const nulls = { own: nullCode, rare: rareCode, unknown: others, ignored: nothing }[vector.nulls]
  const codes = emitCodes(graph, column, { codes: [...own, ...rare], nulls, others })
  const width = widthOf(vector)
  const positions = Array.from({ length: width }, (_, index) => index)
  return builder.node('Equal', [codes, builder.constant(tensor('float64', [1, width], positions))])
}

function joinHits({ builder }: StepGraph, hits: readonly Value[]): Value {
  const joined = hits.length === 1 ? hits[0]! : builder.node('Concat', hits, { axis: { i: 1 } })
  return builder.node('Cast', [joined], { to: { i: elementCodes.float32 } })
}
