import { join } from 'node:path'
import type { TableData } from '../core/artifacts.ts'
import type { RunContext } from '../node-kit/run-context.ts'
import { quoteName, quoteText } from './quote.ts'

type Artifacts = Pick<RunContext, 'artifacts'>

/** The folder of a table's stored rows: what `openDuckDb` must be allowed to read. */
export function rowsFolder(context: Artifacts, table: Pick<TableData, 'rows'>): string {
  return context.artifacts.folder(table.rows.artifact)
}

/** A table's stored rows as a relation for a FROM clause: its start columns, in row order. */
export function rowsRelation(context: Artifacts, table: Pick<TableData, 'rows'>): string {
  return `read_parquet(${quoteText(join(rowsFolder(context, table), rowsFile))})`
}

export const rowsFile = 'rows.parquet'

/** What DuckDB calls the number of a row. */
const rowNumber = 'file_row_number'

/** Whether rows have a number, by which they can be asked for: not where a column bears the name that numbers have. */
export const canBeSliced = ({ startColumns }: Pick<TableData, 'startColumns'>): boolean =>
  startColumns.every(({ name }) => name.toLowerCase() !== rowNumber)

/** A query for columns of the stored rows and, in one called `number`, the number of each row from 0, in row order. */
export function numberedRows(
  context: Artifacts,
  table: Pick<TableData, 'rows'>,
  { columns, number }: { columns: readonly string[]; number: string },
): string {
  const file = quoteText(join(rowsFolder(context, table), rowsFile))
  const selected = [...columns.map(quoteName), `${rowNumber} AS ${quoteName(number)}`]
  return `SELECT ${selected.join(', ')} FROM read_parquet(${file}, ${rowNumber} = true)`
}

/** A query for columns of the stored rows from one number, from 0, up to before another. Others are hardly read. */
export function rowsSlice(
  context: Artifacts,
  table: Pick<TableData, 'rows'>,
  { columns, from, end }: { columns: readonly string[]; from: number; end: number },
): string {
  const file = quoteText(join(rowsFolder(context, table), rowsFile))
  return `SELECT ${columns.map(quoteName).join(', ')} FROM read_parquet(${file}, ${rowNumber} = true)
    WHERE ${rowNumber} >= ${from} AND ${rowNumber} < ${end}`
}
