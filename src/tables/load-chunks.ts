import type { StartColumn } from '../core/artifacts.ts'
import type { RunContext } from '../node-kit/run-context.ts'
import { appendChunk, type AppendedColumn, type ChunkToStore } from './append-chunk.ts'
import type { DuckDb } from './open-duckdb.ts'
import { quoteName } from './quote.ts'

/**
 * Loads chunks that a program makes (predictions, computed columns) into a new table of the database, in their order.
 * The outcome is a query for the named columns in their types. Every chunk has them as a model sees them: a date or
 * time is epoch milliseconds, a boolean 0 or 1.
 */
export async function loadChunks(
  context: Pick<RunContext, 'signal'>,
  database: DuckDb,
  load: {
    /** Name of the new table. */
    table: string
    columns: readonly Pick<StartColumn, 'name' | 'type'>[]
    chunks: AsyncIterable<ChunkToStore> | Iterable<ChunkToStore>
  },
): Promise<string> {
  const { table, columns, chunks } = load
  const appended = columns.map(({ name, type }): AppendedColumn => ({
    name,
    kind: type === 'text' ? 'text' : 'number',
  }))
  // Positions, not names, so that the table of numbers and texts can hold what writeRows will refuse with a reason.
  const definitions = appended.map(({ kind }, index) => `c${index} ${kind === 'text' ? 'VARCHAR' : 'DOUBLE'}`)
  await database.run(`CREATE TABLE ${quoteName(table)} (${definitions.join(', ')})`)
  const appender = await database.connection.createAppender(table)
  for await (const chunk of chunks) {
    context.signal.throwIfAborted()
    appendChunk(appender, appended, chunk)
  }
  appender.closeSync()
  const values = columns.map(
    ({ name, type }, index) => `${typedValueSql(`c${index}`, type)} AS ${quoteName(name)}`,
  )
  return `SELECT ${values.join(', ')} FROM ${quoteName(table)}`
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
