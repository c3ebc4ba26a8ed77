import type { Column } from '../columns.ts'
import { castColumns } from './cast-columns.ts'
import { deriveColumns } from './derive-columns.ts'
import { encodeColumns } from './encode-columns.ts'
import { imputeColumns } from './impute-columns.ts'
import type { MadeColumn, MadeColumns, TransformProblem } from './made-column.ts'
import { scaleColumns } from './scale-columns.ts'
import type { TransformStep } from './transform-step.ts'

export type { MadeColumn, TransformProblem }

export interface TransformOutcome {
  made: readonly MadeColumn[]
  /** All columns afterwards: a made one takes the place of one of the same name, else it follows at the end. */
  columns: readonly Column[]
  /** Empty where the transform can be applied. */
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
  const { made, problems } = madeColumns(table.columns, step)
  const columns = made.reduce((columns, { column }) => withColumn(columns, column), table.columns)
  return { made, columns, problems }
}

function madeColumns(columns: readonly Column[], step: TransformStep): MadeColumns {
  switch (step.transform) {
    case 'impute':
      return imputeColumns(columns, step.params)
    case 'encode':
      return encodeColumns(columns, step.params)
    case 'scale':
      return scaleColumns(columns, step.params)
    case 'cast':
      return castColumns(columns, step.params)
    case 'derive':
      return deriveColumns(columns, step.params)
  }
}

function withColumn(columns: readonly Column[], column: Column): readonly Column[] {
  const index = columns.findIndex(({ name }) => name === column.name)
  return index === -1 ? [...columns, column] : columns.with(index, column)
}
