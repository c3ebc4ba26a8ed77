import type { Column } from '../../core/columns.ts'
import type { TransformParams } from '../../core/transforms/transform-step.ts'
import { tensor } from '../../onnx/tensor.ts'
import { CrossMomentsAccumulator } from '../accumulators/cross-moments.ts'
import { recipeError } from '../errors.ts'
import { flatRows } from '../flat-rows.ts'
import { symmetricEigen } from '../symmetric-eigen.ts'
import type { Fit, Transform } from '../transform.ts'

type Params = TransformParams<'pca'>

type PcaState = {
  means: number[]
  /** The directions, each with a number for every column. */
  directions: number[][]
  /** The share of the variance that each explains. */
  explained: number[]
}

const mostColumns = 1000

/**
 * As scikit-learn's PCA: components of the centered columns in the order of the variance they explain; a share is
 * that which they must exceed together. Rows with a missing value are not learned from, and have no components.
 */
export function pcaTransform(params: Params): Transform<PcaState> {
  return {
    fit: (columns) => fitOf(params, columns),
    elementsOf: (column, { directions }) => directions.map((_, index) => `${column}_${index + 1}`),
    emit(graph, { means, directions }) {
      const { builder } = graph
      const width = means.length
      const centered = builder.node('Sub', [
        graph.matrix(params.columns, 'float64'),
        builder.constant(tensor('float64', [1, width], means)),
      ])
      const weights = means.flatMap((_, row) => directions.map((direction) => direction[row]!))
      const rotated = builder.node('Gemm', [
        centered,
        builder.constant(tensor('float64', [width, directions.length], weights)),
      ])
      graph.put([params.name], rotated, [directions.length])
    },
  }
}

function fitOf(params: Params, columns: readonly Column[]): Fit<PcaState> {
  const parts = columns.map(({ name, elements }) => ({ name, width: elements?.length ?? 1 }))
  const width = parts.reduce((sum, part) => sum + part.width, 0)
  if (width > mostColumns) throw recipeError('too-wide', { count: width, limit: mostColumns })
  const moments = new CrossMomentsAccumulator(width)
  return {
    reads: params.columns,
    add(chunk) {
      const refuse = (column: string): never => {
        throw recipeError('infinite-value', { column })
      }
      for (const row of flatRows(chunk, parts, refuse)) moments.add(row)
    },
    finish() {
      const { count, means, products } = moments.finish()
      if (count < 2) throw recipeError('no-whole-rows')
      const { values, vectors } = symmetricEigen(products, width)
      if (!values.every(Number.isFinite)) throw recipeError('out-of-range', { column: params.columns[0]! })
      const total = values.reduce((sum, value) => sum + Math.max(0, value), 0)
      const explained = values.map((value) => (total === 0 ? 0 : Math.max(0, value) / total))
      const chosen = componentCount(params.components, explained)
      return {
        means: [...means],
        directions: vectors.slice(0, chosen).map((vector) => Array.from(vector)),
        explained: explained.slice(0, chosen),
      }
    },
  }
}

function componentCount(wanted: number, explained: readonly number[]): number {
  if (wanted >= 1) return Math.min(wanted, explained.length)
  let sum = 0
  const enough = explained.findIndex((share) => (sum += share) > wanted)
  return enough === -1 ? explained.length : enough + 1
}
