import type { DuckDb } from '../../../src/tables/open-duckdb.ts'
import { quoteName } from '../../../src/tables/quote.ts'
import type { ColumnToCheck } from './value-sql.ts'

/**
 * Notes of the columns of a query which have no NaN, so that their values need not be told from it one by one. DuckDB
 * takes NaN for the greatest number, and a stored column knows its greatest.
 */
export async function noteFreedomOfNaN(
  database: DuckDb,
  { rows, columns }: { rows: string; columns: readonly ColumnToCheck[] },
): Promise<ColumnToCheck[]> {
  const numbers = columns.filter(({ type }) => type === 'number').map(({ name }) => name)
  if (numbers.length === 0) return [...columns]
  const values = numbers.map((name, index) => `coalesce(isnan(max(${quoteName(name)})), false) AS m${index}`)
  const [found] = await database.rows<Record<string, boolean>>(`SELECT ${values.join(', ')} FROM (${rows})`)
  const free = new Set(numbers.filter((_, index) => found![`m${index}`] === false))
  return columns.map((column) => ({ ...column, isFreeOfNaN: free.has(column.name) }))
}
