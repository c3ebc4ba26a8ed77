import { compareCodePoints } from '../../core/compare-code-points.ts'
import type { TransformParams } from '../../core/transforms/transform-step.ts'
import type { Value } from '../../onnx/graph-builder.ts'
import { tensor } from '../../onnx/tensor.ts'
import type { Category } from '../accumulators/category-counts.ts'
import { TargetSums, type EncodedMeans } from '../accumulators/target-sums.ts'
import { emitCodes } from '../emit-codes.ts'
import { recipeError } from '../errors.ts'
import { foldsColumn } from '../folds.ts'
import type { StepGraph } from '../step-graph.ts'
import type { Fit, Transform } from '../transform.ts'

type Params = Extract<TransformParams<'encode'>, { method: 'target' }>

type TargetState = {
  /** Classes whose shares are the elements, or null for a target of numbers. */
  classes: string[] | null
  columns: ColumnState[]
  /** The artifact of the rows that it was learned from. */
  rows: string
}
type ColumnState = {
  categories: Category[]
  /** What later callers see, and what the rows of each fold see: learned from the others. */
  whole: EncodedMeans
  folds: EncodedMeans[]
}

const mostClasses = 100

/**
 * The mean of the target by category, (sum + smoothing · mean of all) / (count + smoothing) (Micci-Barreca, “A
 * preprocessing scheme for high-cardinality categorical attributes”, 2001, with a constant weight). Rows that are
 * learned from see the means of the other folds, so that no row is told its own answer; every later caller sees those
 * of all rows. Null is a category of its own; one that was not seen has the mean of all.
 */
export function targetEncodeTransform(params: Params): Transform<TargetState> {
  const folds = { count: params.folds, seed: params.seed }
  return {
    fit: () => fitOf(params),
    elementsOf: (column, { classes }) => (classes ?? []).map((label) => `${column}:${label}`),
    emit(graph, state) {
      const chosen = params.columns
        .map((name, index) => ({ name, column: state.columns[index]! }))
        .filter(({ name }) => graph.isWanted(name))
      const names = chosen.map(({ name }) => name)
      const width = state.classes?.length ?? 1
      const fold = graph.folds({ ...folds, rows: state.rows })
      const values = graph
        .separate(names)
        .flatMap((value, index) =>
          Array.from({ length: width }, (_, output) =>
            emitMeans(graph, value, { column: chosen[index]!.column, output, fold }),
          ),
        )
      const joined = values.length === 1 ? values[0]! : graph.builder.node('Concat', values, axis1)
      graph.put(
        names,
        joined,
        names.map(() => width),
      )
    },
  }
}

const axis1 = { axis: { i: 1 } }

function emitMeans(
  graph: StepGraph,
  value: Value,
  { column, output, fold }: { column: ColumnState; output: number; fold: Value | null },
): Value {
  const { builder } = graph
  const meansOf = ({ means, nulls, prior }: EncodedMeans): Value => {
    const codes = column.categories.map((category, at): [Category, number] => [category, means[at]![output]!])
    return emitCodes(graph, value, { codes, nulls: nulls[output]!, others: prior[output]! })
  }
  if (!fold) return meansOf(column.whole)
  const all = [...column.folds, column.whole]
  const positions = all.map((_, index) => index)
  const isIt = builder.node('Equal', [fold, builder.constant(tensor('float64', [1, all.length], positions))])
  const candidates = builder.node('Concat', all.map(meansOf), axis1)
  const zero = builder.constant(tensor('float64', [1, 1], [0]))
  const ones = builder.constant(
    tensor(
      'float64',
      [all.length, 1],
      positions.map(() => 1),
    ),
  )
  // All but one are 0, so the sum is exact in any order.
  return builder.node('Gemm', [builder.node('Where', [isIt, candidates, zero]), ones])
}

function fitOf(params: Params): Fit<TargetState> {
  const { columns, target } = params
  const folds = foldsColumn({ count: params.folds, seed: params.seed })
  const sums = columns.map((name) => ({ name, sums: new TargetSums(params.folds) }))
  return {
    reads: [...new Set([...columns, target, folds])],
    add(chunk) {
      for (const { name, sums: each } of sums)
        each.addColumn(chunk.columns[name]!, chunk.columns[target]!, chunk.columns[folds] as Float64Array)
    },
    finish(rows) {
      const labels = sums[0]!.sums.labels()
      if (labels === null || labels.length === 0) throw recipeError('no-values', { column: target })
      const isNumber = labels === 'numbers'
      const sorted = isNumber ? [] : labels.toSorted(compareCodePoints)
      if (sorted.length > mostClasses)
        throw recipeError('too-many-classes', { column: target, count: sorted.length, limit: mostClasses })
      // The share of one of two classes says that of the other.
      const classes = isNumber ? null : sorted.length === 2 ? sorted.slice(1) : sorted
      return { classes, columns: sums.map((each) => stateOf(each.sums, classes, params)), rows }
    },
  }
}

function stateOf(
  sums: TargetSums,
  classes: string[] | null,
  { smoothing, folds, target }: Params,
): ColumnState {
  const everyFold = Array.from({ length: folds }, (_, fold) => fold)
  if (everyFold.some((fold) => sums.isAllIn(fold))) throw recipeError('one-fold', { column: target })
  const means = (included: readonly number[]) => sums.means({ folds: included, classes, smoothing })
  return {
    categories: sums.categories(),
    whole: means(everyFold),
    folds: everyFold.map((fold) => means(everyFold.filter((other) => other !== fold))),
  }
}
