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

/** Whether rows can be asked for by their number: not where a column bears the name that numbers have. */
export const canBeSliced = ({ startColumns }: Pick<TableData, 'startColumns'>): boolean =>
  startColumns.every(({ name }) => name.toLowerCase() !== rowNumber)

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
