import type { Column } from '../columns.ts'
import { binColumns } from './bin-columns.ts'
import { castColumns } from './cast-columns.ts'
import { clipColumns } from './clip-columns.ts'
import { datePartsColumns } from './date-parts-columns.ts'
import { deriveColumns } from './derive-columns.ts'
import { encodeColumns } from './encode-columns.ts'
import { imputeColumns } from './impute-columns.ts'
import { imputeNearestColumns } from './impute-nearest-columns.ts'
import { logColumns } from './log-columns.ts'
import type { MadeColumn, MadeColumns, TransformProblem } from './made-column.ts'
import { outliersColumns } from './outliers-columns.ts'
import { renameColumns } from './rename-columns.ts'
import { pcaColumns } from './pca-columns.ts'
import { polynomialColumns } from './polynomial-columns.ts'
import { selectFeaturesColumns } from './select-features-columns.ts'
import { textCleanColumns } from './text-clean-columns.ts'
import { textFeaturesColumns } from './text-features-columns.ts'
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
  const { made: ownColumns, problems, dropped = [] } = madeColumns(table.columns, step)
  const made = ownColumns.map((each) => knownWhenMade(each, table.columns))
  const kept: readonly Column[] = table.columns.filter(({ name }) => !dropped.includes(name))
  const columns = made.reduce((columns, { column }) => withColumn(columns, column), kept)
  return { made, columns, problems }
}

/** What is computed from a column that is known later is known later too. */
function knownWhenMade(made: MadeColumn, columns: readonly Column[]): MadeColumn {
  const isLater = columns.some(({ name, knownLater }) => knownLater && made.from.includes(name))
  return isLater ? { ...made, column: { ...made.column, knownLater: true } } : made
}

function madeColumns(columns: readonly Column[], step: TransformStep): MadeColumns {
  switch (step.transform) {
    case 'impute':
      return imputeColumns(columns, step.params)
    case 'impute-nearest':
      return imputeNearestColumns(columns, step.params)
    case 'encode':
      return encodeColumns(columns, step.params)
    case 'scale':
      return scaleColumns(columns, step.params)
    case 'cast':
      return castColumns(columns, step.params)
    case 'derive':
      return deriveColumns(columns, step.params)
    case 'rename':
      return renameColumns(columns, step.params)
    case 'clip':
      return clipColumns(columns, step.params)
    case 'log':
      return logColumns(columns, step.params)
    case 'bin':
      return binColumns(columns, step.params)
    case 'date-parts':
      return datePartsColumns(columns, step.params)
    case 'polynomial':
      return polynomialColumns(columns, step.params)
    case 'pca':
      return pcaColumns(columns, step.params)
    case 'select-features':
      return selectFeaturesColumns(columns, step.params)
    case 'text-clean':
      return textCleanColumns(columns, step.params)
    case 'text-features':
      return textFeaturesColumns(columns, step.params)
    case 'outliers':
      return outliersColumns(columns, step.params)
  }
}

function withColumn(columns: readonly Column[], column: Column): readonly Column[] {
  const index = columns.findIndex(({ name }) => name === column.name)
  return index === -1 ? [...columns, column] : columns.with(index, column)
}
