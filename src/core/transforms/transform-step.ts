import { z } from 'zod'
import { columnTypes } from '../columns.ts'
import { binParams } from './bin-params.ts'
import { clipParams } from './clip-params.ts'
import { datePartsParams } from './date-parts-params.ts'
import { encodeParams } from './encode-params.ts'
import { imputeNearestParams } from './impute-nearest-params.ts'
import { logParams } from './log-params.ts'
import { outliersParams } from './outliers-params.ts'
import { pcaParams } from './pca-params.ts'
import { polynomialParams } from './polynomial-params.ts'
import { scaleParams } from './scale-params.ts'
import { selectFeaturesParams } from './select-features-params.ts'
import { textCleanParams } from './text-clean-params.ts'
import { textFeaturesParams } from './text-features-params.ts'

const columns = z.array(z.string()).min(1)

/** Fills in what is missing. */
const imputeParams = z.strictObject({
  columns,
  strategy: z.enum(['mean', 'median', 'most-frequent', 'constant']),
  /** With `constant`: a number, text or boolean; for dates and times their ISO 8601 text. */
  value: z.union([z.number(), z.string(), z.boolean()]).optional(),
  /** Stands in by the rows that have the same value in this column; where there are none, by all rows. */
  by: z.string().optional(),
  /** Adds for each column a boolean one, `<name>_missing`, that says where a value was missing. */
  indicator: z.boolean().default(false),
})

/** Gives columns another type. */
const castParams = z.strictObject({ columns, to: z.enum(columnTypes).exclude(['vector']) })

/** Computes a column from others. */
const deriveParams = z.strictObject({ column: z.string().min(1), expression: z.string().min(1) })

/** Gives columns other names; the name at an index is that of the column at the same. */
const renameParams = z.strictObject({ columns, names: z.array(z.string().min(1)).min(1) })

export const transformParams = {
  impute: imputeParams,
  'impute-nearest': imputeNearestParams,
  encode: encodeParams,
  scale: scaleParams,
  cast: castParams,
  derive: deriveParams,
  rename: renameParams,
  clip: clipParams,
  log: logParams,
  bin: binParams,
  'date-parts': datePartsParams,
  polynomial: polynomialParams,
  pca: pcaParams,
  'text-features': textFeaturesParams,
  'text-clean': textCleanParams,
  'select-features': selectFeaturesParams,
  outliers: outliersParams,
} as const

export type TransformName = keyof typeof transformParams
export type TransformParams<Name extends TransformName = TransformName> = z.output<
  (typeof transformParams)[Name]
>

/** A row-wise transform and what it is to do, with every parameter said. */
export type TransformStep = {
  [Name in TransformName]: { transform: Name; params: TransformParams<Name> }
}[TransformName]

/** The columns that a transform names, which are all it may read; null for one whose expression names them. */
export function namedColumns({ params }: TransformStep): readonly string[] | null {
  if (!('columns' in params)) return null
  const beside = 'by' in params ? params.by : 'target' in params ? params.target : undefined
  return beside === undefined || params.columns.includes(beside)
    ? params.columns
    : [...params.columns, beside]
}
