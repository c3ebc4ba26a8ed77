import { join } from 'node:path'
import type { TableData } from '../core/artifacts.ts'
import type { Column } from '../core/columns.ts'
import type { CancelSignal, RunContext } from '../node-kit/run-context.ts'
import type { RowComputer } from '../recipe/compute-rows.ts'
import { openRowComputer } from '../recipe/compute-rows.ts'
import { openDuckDb, type DuckDb } from '../tables/open-duckdb.ts'
import { quoteText } from '../tables/quote.ts'
import { rowsFile, rowsFolder } from '../tables/rows-relation.ts'
import { readSplit } from '../tables/start-rows.ts'
import { createViewContext } from './view-context.ts'
import type { ViewerSetup } from './view-calls.ts'

/** A table that is being looked at, with what was found out about it so far. Used by one call at a time. */
export interface OpenTable {
  readonly artifact: string
  readonly data: TableData
  /** The part of each row. */
  readonly parts: Uint8Array | null
  /** Of the call that uses the table now. */
  readonly context: RunContext
  readonly database: DuckDb
  /** The stored rows for a FROM clause, and the column that numbers them from 0. */
  readonly stored: { from: string; place: string }
  /** Queries for columns of the recipe that are in the database, by name. */
  readonly computed: Map<string, string>
  /** Places of rows in the order in which they were asked for, by sort and filter; the last few. */
  readonly orders: Map<string, Uint32Array>
  /** The visible columns that the recipe computes. */
  computer(): Promise<RowComputer>
  /** Does work for one call, after that of the calls before. */
  exclusively<Result>(signal: CancelSignal, work: () => Promise<Result>): Promise<Result>
  close(): Promise<void>
}

export const isComputed = ({ origin }: Column): boolean => origin === 'recipe'

const never: CancelSignal = { aborted: false, throwIfAborted: () => {} }

export async function openTable(setup: ViewerSetup, artifact: string): Promise<OpenTable> {
  let current: CancelSignal = never
  const signal: CancelSignal = {
    get aborted() {
      return current.aborted
    },
    throwIfAborted: () => current.throwIfAborted(),
  }
  const context = createViewContext(setup, signal)
  const { data } = await context.artifacts.read('table', artifact)
  const parts = await readSplit(context, data)
  const database = await openDuckDb(context, { folders: [rowsFolder(context, data)] })
  let computer: Promise<RowComputer> | undefined
  let last: Promise<unknown> = Promise.resolve()
  return {
    artifact,
    data,
    parts,
    context,
    database,
    stored: storedRows(context, data),
    computed: new Map(),
    orders: new Map(),
    computer: () =>
      (computer ??= openRowComputer(data, {
        columns: data.columns.filter(isComputed).map(({ name }) => name),
        parts,
      })),
    exclusively(callSignal, work) {
      const turn = last.then(() => {
        callSignal.throwIfAborted()
        current = callSignal
        return work()
      })
      last = turn.catch(() => {})
      return turn
    },
    async close() {
      await last
      await (await computer?.catch(() => undefined))?.close()
      database.close()
    },
  }
}

/** Numbered by DuckDB's own reader where that can be, so that a page is found without reading the rest. */
function storedRows(context: RunContext, table: TableData): OpenTable['stored'] {
  const file = quoteText(join(rowsFolder(context, table), rowsFile))
  const names = new Set(table.startColumns.map(({ name }) => name.toLowerCase()))
  if (!names.has('file_row_number'))
    return { from: `read_parquet(${file}, file_row_number = true)`, place: 'file_row_number' }
  let place = 'place'
  while (names.has(place)) place += '_'
  return { from: `(SELECT *, row_number() OVER () - 1 AS ${place} FROM read_parquet(${file}))`, place }
}
