import type { Artifact, StartColumn } from '../core/artifacts.ts'
import type { RunContext } from '../node-kit/run-context.ts'
import { appendChunk, type AppendedColumn, type ChunkToStore } from './append-chunk.ts'
import { openDuckDb } from './open-duckdb.ts'
import { quoteName } from './quote.ts'
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
  const { columns, chunks } = rows
  const appended = columns.map(({ name, type }): AppendedColumn => ({
    name,
    kind: type === 'text' ? 'text' : 'number',
  }))
  const database = await openDuckDb(context)
  try {
    // Positions, not names, so that the table of numbers and texts can hold what writeRows will refuse with a reason.
    const definitions = appended.map(
      ({ kind }, index) => `c${index} ${kind === 'text' ? 'VARCHAR' : 'DOUBLE'}`,
    )
    await database.run(`CREATE TABLE chunks (${definitions.join(', ')})`)
    const appender = await database.connection.createAppender('chunks')
    for await (const chunk of chunks) {
      context.signal.throwIfAborted()
      appendChunk(appender, appended, chunk)
    }
    appender.closeSync()
    const values = columns.map(
      ({ name, type }, index) => `${typedValueSql(`c${index}`, type)} AS ${quoteName(name)}`,
    )
    return await writeRows(context, {
      database,
      from: `SELECT ${values.join(', ')} FROM chunks`,
      startColumns: columns,
    })
  } finally {
    database.close()
  }
}

function typedValueSql(value: string, type: StartColumn['type']): string {
  switch (type) {
    case 'number':
    case 'text':
      return value
    case 'integer':
      return `${value}::BIGINT`
    case 'boolean':
      return `${value} <> 0`
    case 'date':
      return `epoch_ms(${value}::BIGINT)::DATE`
    case 'datetime':
      return `epoch_ms(${value}::BIGINT)`
  }
}
