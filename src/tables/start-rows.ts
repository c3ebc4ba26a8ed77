import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { TableData } from '../core/artifacts.ts'
import { splitParts, type RowScope } from '../core/columns.ts'
import type { RunContext } from '../node-kit/run-context.ts'
import type { StreamedCodes } from './chunk-builder.ts'
import { valuesOfColumns } from './coded-texts.ts'
import type { StreamedChunk } from './column-chunk.ts'
import { tableError } from './errors.ts'
import { openDuckDb } from './open-duckdb.ts'
import { residentColumns } from './resident-rows.ts'
import { rowsFolder, rowsRelation } from './rows-relation.ts'
import { chunksOf, columnsOfRelation } from './stream-columns.ts'
import { splitFile } from './write-split.ts'

interface WantedRows {
  columns: readonly string[]
  rows: RowScope
  chunkRows?: number
}

/**
 * The stored rows of a table in chunks of `chunkRows` (4 096) rows, in row order: only the start columns that are
 * asked for, only the rows of the part that is asked for (all where the table is not split). `firstRow` counts the
 * rows of that part. Memory does not grow with the table.
 */
export async function* readStartChunks(
  context: RunContext,
  table: TableData,
  options: WantedRows,
): AsyncIterable<StreamedChunk> {
  for await (const { columns, ...chunk } of readCodedChunks(context, table, options))
    yield { ...chunk, columns: valuesOfColumns(columns) }
}

/** The same with texts as codes. */
export async function* readCodedChunks(
  context: RunContext,
  table: TableData,
  options: WantedRows,
): AsyncIterable<StreamedCodes> {
  const columns = options.columns.map((name) => startColumn(table, name))
  const parts = options.rows === 'all' ? null : await readSplit(context, table)
  const part = options.rows === 'all' ? -1 : splitParts.indexOf(options.rows)
  const choice = {
    ...(parts && { keep: (row: number) => parts[row] === part }),
    ...(options.chunkRows !== undefined && { chunkRows: options.chunkRows }),
  }
  const resident = columns.length > 0 ? residentColumns(table.rows.artifact, columns) : null
  if (resident) {
    for await (const chunk of chunksOf(resident, choice)) {
      context.signal.throwIfAborted()
      yield chunk
    }
    return
  }
  const database = await openDuckDb(context, { folders: [rowsFolder(context, table)] })
  try {
    yield* chunksOf(columnsOfRelation(database, { from: rowsRelation(context, table), columns }), choice)
  } finally {
    database.close()
  }
}

/** The part of each row (0 train, 1 validation, 2 test), or null where the table is not split. */
export async function readSplit(context: RunContext, table: TableData): Promise<Uint8Array | null> {
  if (!table.split) return null
  return readFile(join(context.artifacts.folder(table.split.artifact), splitFile))
}

function startColumn(table: TableData, name: string) {
  const column = table.startColumns.find((candidate) => candidate.name === name)
  if (!column) throw tableError('no-start-column', { column: name })
  return column
}
