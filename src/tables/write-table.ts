import { randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { canonicalJson } from '../core/canonical-json.ts'
import type { Artifact, StartColumn, TableData } from '../core/artifacts.ts'
import { moveFile } from '../files/move-file.ts'
import { sha256OfText } from '../files/sha256.ts'
import { syncFile } from '../files/sync-to-disk.ts'
import type { RunContext } from '../node-kit/run-context.ts'
import { rememberDigests } from './known-digests.ts'
import type { DuckDb } from './open-duckdb.ts'
import { quoteName, quoteText } from './quote.ts'
import { refuseEqualNames } from './refuse-equal-names.ts'
import { keepResident, residentBytes } from './resident-rows.ts'
import { digestColumns, hashOfColumns } from './rows-hash.ts'
import { bytesPerRow, RowsRecorder } from './rows-recorder.ts'
import { rowsFile } from './rows-relation.ts'
import { storedValueSql } from './stored-value-sql.ts'

// Rows are written a group at a time. Groups of about as many values as a step of reading gives are written as fast as
// they come; smaller ones would pile up, larger ones take more memory.
const GROUP_VALUES = 1_300_000
const MAX_GROUP_ROWS = 245_760

/**
 * Stores rows as an artifact: Parquet, in the row order of the query, named by their logical hash, compressed so that
 * reading costs little, since every later step does. `from` is a query (`SELECT …`) on the open database that gives the
 * start columns by name; values are brought to the stored types. Before that, numbers are normalised: -0 is 0, every NaN
 * the same one; times are cut to milliseconds.
 */
export async function writeRows(
  context: RunContext,
  rows: { database: DuckDb; from: string; startColumns: readonly Pick<StartColumn, 'name' | 'type'>[] },
): Promise<Artifact<'rows'>> {
  const { database, from, startColumns } = rows
  refuseEqualNames(startColumns)
  const file = join(context.workFolder, `${randomUUID()}.parquet`)
  const columns = startColumns.map(({ name, type }) => ({ name, type }))
  const values = columns.map((column) => `${storedValueSql(column)} AS ${quoteName(column.name)}`).join(', ')
  try {
    await database.run(
      `COPY (SELECT ${values} FROM (${from}\n)) TO ${quoteText(file)}
       (FORMAT parquet, COMPRESSION lz4_raw, ROW_GROUP_SIZE ${groupRows(columns.length)})`,
    )
    // The commit waits for the disk: so it is begun while the rows are gone through.
    const synced = syncFile(file).catch(() => {})
    const stored = `read_parquet(${quoteText(file)})`
    const recorder = await recorderFor(context, database, { stored, columns })
    const digested = await digestColumns(database, {
      from: stored,
      columns,
      look: (vectors) => recorder?.add(vectors),
    })
    const { count } = digested
    const hash = hashOfColumns(digested)
    rememberDigests(hash, digested.columns)
    if (recorder) keepResident(hash, recorder.finish(), { most: residentBytes(context) })
    const folder = await context.artifacts.stage()
    await synced
    await moveFile(file, join(folder, rowsFile))
    return await context.artifacts.write({ kind: 'rows', hash, data: { columns, count }, refs: [], folder })
  } finally {
    await rm(file, { force: true })
  }
}

/** Stores a table's description; rows and split are stored before it. */
export async function writeTableArtifact(context: RunContext, data: TableData): Promise<Artifact<'table'>> {
  return context.artifacts.write({
    kind: 'table',
    hash: sha256OfText(canonicalJson(data)),
    data,
    refs: [data.rows.artifact, ...(data.split ? [data.split.artifact] : [])],
  })
}

/** What records the rows on the way, where they are few enough to be kept. */
async function recorderFor(
  context: RunContext,
  database: DuckDb,
  { stored, columns }: { stored: string; columns: readonly Pick<StartColumn, 'name' | 'type'>[] },
): Promise<RowsRecorder | null> {
  const [found] = await database.rows<{ count: number }>(`SELECT count(*)::DOUBLE AS count FROM ${stored}`)
  const bytes = found!.count * bytesPerRow(columns)
  return bytes <= residentBytes(context) ? new RowsRecorder(columns) : null
}

function groupRows(columns: number): number {
  const rows = Math.floor(GROUP_VALUES / Math.max(1, columns) / 2048) * 2048
  return Math.min(MAX_GROUP_ROWS, Math.max(2048, rows))
}
