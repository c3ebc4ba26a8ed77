import { randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Artifact, StartColumn, TableData } from '../core/artifacts.ts'
import { moveFile } from '../files/move-file.ts'
import type { RunContext } from '../node-kit/run-context.ts'
import type { ChunkToStore } from './append-chunk.ts'
import { knownDigests, rememberDigests } from './known-digests.ts'
import { loadChunks } from './load-chunks.ts'
import { openDuckDb, type DuckDb } from './open-duckdb.ts'
import { UnreadableThrift } from './parquet/compact-thrift.ts'
import { joinColumns } from './parquet/join-columns.ts'
import { readFooter, type ParquetFooter } from './parquet/parquet-footer.ts'
import { quoteName, quoteText } from './quote.ts'
import { refuseEqualNames } from './refuse-equal-names.ts'
import { keepResident, residentBytes, residentRows } from './resident-rows.ts'
import { digestColumns, hashOfColumns, type DigestedColumn } from './rows-hash.ts'
import { RowsRecorder } from './rows-recorder.ts'
import { rowsFile, rowsFolder } from './rows-relation.ts'
import { storedValueSql } from './stored-value-sql.ts'

type AddedColumn = Pick<StartColumn, 'name' | 'type'>

/** Stored rows of which some columns are kept as they are. */
export interface KeptColumns {
  rows: string
  path: string
  footer: ParquetFooter
  columns: readonly DigestedColumn[]
}

/** Below, rows are as quickly written anew. */
const FEW_ROWS = 65_536

/** Null where columns have to be written anew: of few rows, or of rows that this process knows nothing of. */
export async function keptColumns(
  context: RunContext,
  table: TableData,
  names: readonly string[],
): Promise<KeptColumns | null> {
  const digests = knownDigests(table.rows.artifact)
  if (!digests || table.rows.count < FEW_ROWS || names.length === 0) return null
  const path = join(rowsFolder(context, table), rowsFile)
  const footer = await readFooter(path).catch((error: unknown) => {
    if (error instanceof UnreadableThrift) return null
    throw error
  })
  const columns = names.flatMap((name) => digests.find((column) => column.name === name) ?? [])
  return footer && columns.length === names.length
    ? { rows: table.rows.artifact, path, footer, columns }
    : null
}

/**
 * Stores rows that have more columns than others: what `writeRows` would store of them. What is kept is neither decoded,
 * nor compressed, nor hashed again.
 */
export async function writeAddedColumns(
  context: RunContext,
  kept: KeptColumns,
  added: {
    columns: readonly AddedColumn[]
    /** All rows, in their order. */
    chunks: AsyncIterable<ChunkToStore>
  },
): Promise<Artifact<'rows'>> {
  refuseEqualNames([...kept.columns, ...added.columns])
  const path = join(context.workFolder, `${randomUUID()}.parquet`)
  const groups: string[] = []
  const databases = await Promise.all([0, 1].map(() => openDuckDb(context, { threads: 1 })))
  try {
    const sizes = kept.footer.groups.map(({ rows }) => rows)
    await writeGroups(context, databases, { ...added, sizes, groups })
    const base = { ...kept, columns: kept.columns.map(({ name }) => name) }
    await joinColumns(base, { groups, path })
    return await storeJoined(context, databases[0]!, { kept, added: added.columns, path })
  } finally {
    for (const database of databases) database.close()
    await Promise.all([path, ...groups].map((file) => rm(file, { force: true })))
  }
}

/** A file for each row group; while one is written, the next is made. */
async function writeGroups(
  context: RunContext,
  databases: readonly DuckDb[],
  {
    columns,
    chunks,
    sizes,
    groups,
  }: {
    columns: readonly AddedColumn[]
    chunks: AsyncIterable<ChunkToStore>
    sizes: readonly number[]
    /** Where the files are told. */
    groups: string[]
  },
): Promise<void> {
  const values = columns.map((column) => `${storedValueSql(column)} AS ${quoteName(column.name)}`).join(', ')
  const writing = databases.map(() => Promise.resolve())
  try {
    for await (const pieces of groupsOf(chunks, sizes)) {
      const turn = groups.length % databases.length
      await writing[turn]
      const database = databases[turn]!
      const from = await loadChunks(context, database, { table: 'added', columns, chunks: pieces })
      const file = join(context.workFolder, `${randomUUID()}.parquet`)
      groups.push(file)
      writing[turn] = database.run(
        `COPY (SELECT ${values} FROM (${from})) TO ${quoteText(file)}
         (FORMAT parquet, COMPRESSION lz4_raw, ROW_GROUP_SIZE ${Math.max(...sizes)})`,
      )
      // It may fail before its turn comes.
      writing[turn].catch(() => {})
    }
    await Promise.all(writing)
  } finally {
    await Promise.allSettled(writing)
  }
  if (groups.length !== sizes.length)
    throw new TypeError(`there are ${groups.length} row groups of ${sizes.length}`)
}

/** Chunks cut where row groups end. */
async function* groupsOf(
  chunks: AsyncIterable<ChunkToStore>,
  sizes: readonly number[],
): AsyncIterable<ChunkToStore[]> {
  let group = 0
  let pieces: ChunkToStore[] = []
  let missing = sizes[group] ?? 0
  for await (const chunk of chunks) {
    for (let first = 0; first < chunk.rows;) {
      const end = Math.min(chunk.rows, first + missing)
      pieces.push(pieceOf(chunk, first, end))
      missing -= end - first
      first = end
      if (missing > 0) continue
      yield pieces
      pieces = []
      missing = sizes[++group] ?? Infinity
    }
  }
  if (pieces.length > 0) yield pieces
}

function pieceOf(chunk: ChunkToStore, first: number, end: number): ChunkToStore {
  if (first === 0 && end === chunk.rows) return chunk
  const cut = <Values extends Float64Array | string[] | Uint8Array>(values: Values): Values =>
    (Array.isArray(values) ? values.slice(first, end) : values.subarray(first, end)) as Values
  const cutAll = <Values extends Float64Array | string[] | Uint8Array>(
    by: Readonly<Record<string, Values>>,
  ) => Object.fromEntries(Object.entries(by).map(([name, values]) => [name, cut(values)]))
  return {
    rows: end - first,
    columns: cutAll(chunk.columns),
    ...(chunk.nulls && { nulls: cutAll(chunk.nulls) }),
  }
}

async function storeJoined(
  context: RunContext,
  database: DuckDb,
  { kept, added, path }: { kept: KeptColumns; added: readonly AddedColumn[]; path: string },
): Promise<Artifact<'rows'>> {
  const columns = added.map(({ name, type }) => ({ name, type }))
  const recorder = new RowsRecorder(columns)
  const digested = await digestColumns(database, {
    from: `read_parquet(${quoteText(path)})`,
    columns,
    look: (vectors) => recorder.add(vectors),
  })
  const { count } = digested
  const all = [...kept.columns, ...digested.columns]
  const hash = hashOfColumns({ count, columns: all })
  rememberDigests(hash, all)
  keepJoined(context, kept, { rows: hash, recorder })
  const folder = await context.artifacts.stage()
  await moveFile(path, join(folder, rowsFile))
  const named = all.map(({ name, type }) => ({ name, type }))
  return context.artifacts.write({ kind: 'rows', hash, data: { columns: named, count }, refs: [], folder })
}

/** Keeps the rows in memory where those are that they were made of. */
function keepJoined(
  context: RunContext,
  kept: KeptColumns,
  { rows, recorder }: { rows: string; recorder: RowsRecorder },
): void {
  const base = residentRows(kept.rows)
  const added = recorder.finish()
  const isAlike =
    base?.parts.length === added.parts.length && base.parts.every((part, at) => part === added.parts[at])
  if (!isAlike) return
  const columns = [
    ...kept.columns.flatMap(({ name }) => {
      const values = base.columns.get(name)
      return values ? [[name, values] as const] : []
    }),
    ...added.columns,
  ]
  keepResident(
    rows,
    { bytes: base.bytes + added.bytes, parts: added.parts, columns: new Map(columns) },
    { most: residentBytes(context) },
  )
}
