import type { Artifact, StartColumn } from '../core/artifacts.ts'
import type { RunContext } from '../node-kit/run-context.ts'
import type { ChunkToStore } from './append-chunk.ts'
import { loadChunks } from './load-chunks.ts'
import { openDuckDb } from './open-duckdb.ts'
import { writeRows } from './write-table.ts'

/**
 * Stores chunks that a program makes (predictions, computed columns) as rows, in their order. Every chunk has the
 * named columns, as a model sees them: a date or time is epoch milliseconds, a boolean 0 or 1.
 */
export async function writeChunks(
  context: RunContext,
  rows: {
    columns: readonly Pick<StartColumn, 'name' | 'type'>[]
    chunks: AsyncIterable<ChunkToStore> | Iterable<ChunkToStore>
  },
): Promise<Artifact<'rows'>> {
  const database = await openDuckDb(context)
  try {
    const from = await loadChunks(context, database, { table: 'chunks', ...rows })
    return await writeRows(context, { database, from, startColumns: rows.columns })
  } finally {
    database.close()
  }
}
