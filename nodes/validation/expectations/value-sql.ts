import type { Column } from '../../../src/core/columns.ts'
import { quoteName, quoteText } from '../../../src/tables/quote.ts'

/** A column, of which may be known that none of its numbers is NaN. */
export type ColumnToCheck = Column & { isFreeOfNaN?: boolean }

/** A column’s value; a number that is none (NaN) is missing, as in pandas. */
export function valueSql({ name, type, isFreeOfNaN = false }: ColumnToCheck): string {
  const column = quoteName(name)
  return type === 'number' && !isFreeOfNaN
    ? `CASE WHEN isnan(${column}) THEN NULL ELSE ${column} END`
    : column
}

/** A value of a column, or what SQL makes of its values, as JSON shows it. */
export function shownSql(column: Column, value = `(${valueSql(column)})`): string {
  switch (column.type) {
    case 'integer':
      return `${value}::DOUBLE`
    case 'date':
      return `strftime(${value}, '%Y-%m-%d')`
    case 'datetime':
      return `strftime(${value}, '%Y-%m-%dT%H:%M:%S.%gZ')`
    case 'number':
    case 'boolean':
    case 'text':
    case 'vector':
      return value
  }
}

/** A given value as a literal of the column’s type; undefined where the column cannot hold it. */
export function literalSql(value: string | number | boolean, { type }: Column): string | undefined {
  switch (type) {
    case 'text':
      return quoteText(String(value))
    case 'boolean':
      return value === true || value === 'true'
        ? 'true'
        : value === false || value === 'false'
          ? 'false'
          : undefined
    case 'number':
    case 'integer': {
      const number = typeof value === 'number' ? value : Number(value)
      return typeof value === 'boolean' || !Number.isFinite(number) ? undefined : `${number}::DOUBLE`
    }
    case 'date':
    case 'datetime': {
      const time = Date.parse(String(value))
      return Number.isNaN(time) ? undefined : `epoch_ms(${time})`
    }
    case 'vector':
      return undefined
  }
}
