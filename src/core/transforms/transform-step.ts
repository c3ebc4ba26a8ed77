import { z } from 'zod'
import { columnTypes } from '../columns.ts'
import { binParams } from './bin-params.ts'
import { clipParams } from './clip-params.ts'
import { datePartsParams } from './date-parts-params.ts'
import { logParams } from './log-params.ts'

const columns = z.array(z.string()).min(1)

/** Fills in what is missing. */
const imputeParams = z.strictObject({
  columns,
  strategy: z.enum(['mean', 'median', 'most-frequent', 'constant']),
  /** With `constant`: a number, text or boolean; for dates and times their ISO 8601 text. */
  value: z.union([z.number(), z.string(), z.boolean()]).optional(),
  /** Adds for each column a boolean one, `<name>_missing`, that says where a value was missing. */
  indicator: z.boolean().default(false),
})

/** Turns categories into numbers. */
const encodeParams = z.discriminatedUnion('method', [
  z.strictObject({
    method: z.literal('one-hot'),
    columns,
    /** Categories with fewer rows, or a smaller share of all rows, share one column for what is rare. */
    minCount: z.int().min(1).optional(),
    minShare: z.number().min(0).max(1).optional(),
    /** At most so many columns, of which the last is the one for what is rare. */
    maxCategories: z.int().min(2).optional(),
    /** What was not seen when fitting: all zeros, or counted as rare (all zeros where nothing was rare). */
    unknown: z.enum(['ignore', 'rare']).default('rare'),
    /** A null is a category of its own where there was one when fitting, or gives all zeros. */
    nulls: z.enum(['category', 'ignore']).default('category'),
    /** Leaves out each column's first element: always, or where there are two. */
    drop: z.enum(['none', 'first', 'if-binary']).default('none'),
  }),
  z.strictObject({
    method: z.literal('ordinal'),
    columns,
    /** Categories in ascending order, for each column in turn; without, or for null, all that were seen, sorted. */
    orders: z
      .array(
        z
          .array(z.union([z.string(), z.number(), z.boolean()]))
          .min(1)
          .nullable(),
      )
      .optional(),
    /** What was not seen, or does not stand in the order. A null stays null. */
    unknown: z.enum(['null', 'minus-one']).default('minus-one'),
  }),
])

/** Shifts and stretches numbers. */
export const scaleParams = z.discriminatedUnion('method', [
  /** To mean 0 and (population) standard deviation 1. */
  z.strictObject({ method: z.literal('standard'), columns }),
  /** The smallest value becomes `range[0]`, the largest `range[1]`. */
  z.strictObject({
    method: z.literal('min-max'),
    columns,
    range: z.tuple([z.number(), z.number()]).default([0, 1]),
  }),
  /** To median 0 and 1 between two quantiles, in percent. */
  z.strictObject({
    method: z.literal('robust'),
    columns,
    quantiles: z.tuple([z.number().min(0).max(100), z.number().min(0).max(100)]).default([25, 75]),
  }),
])

/** Gives columns another type. */
const castParams = z.strictObject({ columns, to: z.enum(columnTypes).exclude(['vector']) })

/** Computes a column from others. */
const deriveParams = z.strictObject({ column: z.string().min(1), expression: z.string().min(1) })

/** Gives columns other names; the name at an index is that of the column at the same. */
const renameParams = z.strictObject({ columns, names: z.array(z.string().min(1)).min(1) })

export const transformParams = {
  impute: imputeParams,
  encode: encodeParams,
  scale: scaleParams,
  cast: castParams,
  derive: deriveParams,
  rename: renameParams,
  clip: clipParams,
  log: logParams,
  bin: binParams,
  'date-parts': datePartsParams,
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
export function namedColumns(step: TransformStep): readonly string[] | null {
  return 'columns' in step.params ? step.params.columns : null
}
