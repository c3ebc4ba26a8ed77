import type { Column } from '../columns.ts'
import type { TransformStep } from './transform-step.ts'

/** A column that a transform makes, and the columns it is computed from. */
export interface MadeColumn {
  column: Column
  from: readonly string[]
}

/** Why a transform cannot be applied to these columns. */
export interface TransformProblem {
  code: 'unknown-column' | 'wrong-type' | 'bad-value' | 'name-taken' | 'bad-expression'
  message: string
  remedy: string
  /** Path of the parameter within the transform's own: `columns.0`, `expression`. */
  param: string
}

export interface TransformOutcome {
  made: readonly MadeColumn[]
  /** All columns afterwards: a made one takes the place of one of the same name, else it follows at the end. */
  columns: readonly Column[]
  problems: readonly TransformProblem[]
}

/**
 * Which columns come out of a transform, without any data: what a node's `propagate` says and what the recipe
 * does. The elements of a vector are known only after the fit.
 */
export function transformColumns(
  table: { columns: readonly Column[] },
  step: TransformStep,
): TransformOutcome {
  throw new Error(`not there yet ${table.columns.length} ${step.transform}`)
}
