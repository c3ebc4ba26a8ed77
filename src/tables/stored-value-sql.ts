import type { StartColumn } from '../core/artifacts.ts'
import { quoteName } from './quote.ts'
import { storedType } from './stored-type.ts'

/** A column as it is stored: its type, numbers without -0 and with one NaN, times cut to milliseconds. */
export function storedValueSql({ name, type }: Pick<StartColumn, 'name' | 'type'>): string {
  const value = `${quoteName(name)}::${storedType(type)}`
  switch (type) {
    case 'number':
      // Zero added to -0 gives 0.
      return `CASE WHEN isnan(${value}) THEN 'nan'::DOUBLE ELSE ${value} + 0::DOUBLE END`
    case 'datetime':
      return `date_trunc('milliseconds', ${value})`
    case 'integer':
    case 'boolean':
    case 'text':
    case 'date':
      return value
  }
}
