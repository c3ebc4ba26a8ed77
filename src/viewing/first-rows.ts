import type { Cell } from '../contract/cell.ts'
import type { TableData } from '../core/artifacts.ts'
import type { RunContext } from '../node-kit/run-context.ts'
import { openDuckDb } from '../tables/open-duckdb.ts'
import { quoteName } from '../tables/quote.ts'
import { rowsFolder, rowsRelation } from '../tables/rows-relation.ts'
import { cellOf, type RawCell } from './cells.ts'

/** The first stored rows of a table, as cells of its start columns. */
export async function firstRows(context: RunContext, table: TableData, limit: number): Promise<Cell[][]> {
  const database = await openDuckDb(context, { folders: [rowsFolder(context, table)] })
  try {
    const columns = table.startColumns.map(({ name, type }, index) => {
      const isTime = type === 'date' || type === 'datetime'
      return `${isTime ? `epoch_ms(${quoteName(name)}::TIMESTAMP)` : quoteName(name)} AS c${index}`
    })
    const rows = await database.rows<Record<string, Exclude<RawCell, Float64Array>>>(
      `SELECT ${columns.join(', ')} FROM ${rowsRelation(context, table)} LIMIT ${limit}`,
    )
    return rows.map((row) => table.startColumns.map(({ type }, index) => cellOf(type, row[`c${index}`]!)))
  } finally {
    database.close()
  }
}
