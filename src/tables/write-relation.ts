import type { StartColumn, TableData } from '../core/artifacts.ts'
import type { Column, Role } from '../core/columns.ts'
import type { RunContext } from '../node-kit/run-context.ts'
import type { DuckDb } from './open-duckdb.ts'
import { quoteName } from './quote.ts'
import { storedType } from './stored-type.ts'
import { float64OfVector, vectorMemory } from './vectors.ts'
import { writeSplit } from './write-split.ts'
import { writeRows } from './write-table.ts'

/** A column of the outcome of relational work: where it starts, and its role. */
export interface OutcomeColumn {
  start: StartColumn
  role: Role
}

/**
 * Stores the outcome of relational work as a table that starts a new recipe. The query gives a column for each of
 * `columns`, in their order, and, where the outcome is split, the part of each row after them; its order is that of the rows.
 */
export async function writeRelation(
  context: RunContext,
  outcome: { database: DuckDb; query: string; columns: readonly OutcomeColumn[]; isSplit: boolean },
): Promise<TableData> {
  const { database, query, columns, isSplit } = outcome
  const startColumns = columns.map(({ start }) => start)
  const places = [...columns.map((_, index) => `c${index}`), ...(isSplit ? ['part'] : [])]
  await database.run(
    `CREATE TABLE ${outcomeTable} AS SELECT * FROM (${query}) AS given(${places.join(', ')})`,
  )
  const values = startColumns.map(
    ({ name, type }, index) => `c${index}::${storedType(type)} AS ${quoteName(name)}`,
  )
  const from = `SELECT ${values.join(', ')} FROM ${outcomeTable}`
  const rows = await writeRows(context, { database, from, startColumns })
  const data: TableData = {
    rows: { artifact: rows.hash, count: rows.data.count },
    startColumns,
    recipe: [],
    columns: columns.map(({ start: { name, type }, role }): Column => ({
      name,
      type,
      role,
      origin: 'start',
    })),
    split: null,
  }
  const parts = isSplit ? await readParts(database, data.rows.count) : null
  await database.run(`DROP TABLE ${outcomeTable}`)
  return parts ? writeSplit(context, data, parts) : data
}

/** A name that no table of a query has. */
const outcomeTable = quoteName('outcome of the step')

async function readParts(database: DuckDb, rows: number): Promise<Uint8Array> {
  const parts = new Uint8Array(rows)
  let at = 0
  for await (const chunk of database.stream(`SELECT part::DOUBLE FROM ${outcomeTable}`)) {
    parts.set(float64OfVector(vectorMemory(chunk, 0)), at)
    at += chunk.rowCount
  }
  return parts
}
