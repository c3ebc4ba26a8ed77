import type { StartColumn } from '../../core/artifacts.ts'

/**
 * Values as the reader of rows takes those of a typed source: numbers in binary form, where NaN is “no value” and
 * infinities are kept; NaN as null in columns of other types; 0 and 1 as truth values where these are wanted.
 */
export function valuesFor<Value>(
  { type }: StartColumn,
  values: readonly (Value | number | null)[],
): ArrayLike<Value | number | boolean | null> {
  if (type === 'number' && values.every((value) => value === null || typeof value === 'number'))
    return Float64Array.from(values as (number | null)[], (value) => value ?? NaN)
  return values.map((value) => {
    if (typeof value !== 'number') return value
    if (Number.isNaN(value)) return null
    return type === 'boolean' && (value === 0 || value === 1) ? value === 1 : value
  })
}
