import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import type { StartColumn } from '../core/artifacts.ts'
import type { RunContext } from '../node-kit/run-context.ts'
import { ChunkAppender, type ChunkToStore } from './append-chunk.ts'
import type { DuckDb } from './open-duckdb.ts'
import { quoteName, quoteText, quoteTexts } from './quote.ts'

type LoadedColumn = Pick<StartColumn, 'name' | 'type'>

const HELD_BYTES = 16 << 20

/**
 * Loads chunks that a program makes (predictions, computed columns), in their order. The outcome is a query for the
 * named columns in their types. Every chunk has them as a model sees them: a date or time is epoch milliseconds, a
 * boolean 0 or 1. Memory does not grow with the rows: what is more than 16 MB goes to files in the scratch folder.
 */
export async function loadChunks(
  context: Pick<RunContext, 'signal' | 'workFolder'>,
  database: DuckDb,
  load: {
    /** Name of a new table. */
    table: string
    columns: readonly LoadedColumn[]
    chunks: AsyncIterable<ChunkToStore> | Iterable<ChunkToStore>
  },
): Promise<string> {
  const { table, columns, chunks } = load
  const typed = columns
    .map(({ type }, index) => `${typedValueSql(`c${index}`, type)} AS c${index}`)
    .join(', ')
  const named = columns.map(({ name }, index) => `c${index} AS ${quoteName(name)}`).join(', ')
  const files: string[] = []
  const moveToFile = async (held: HeldChunks): Promise<void> => {
    held.close()
    const file = join(context.workFolder, `${randomUUID()}.parquet`)
    await database.run(
      `COPY (SELECT ${typed} FROM ${quoteName(table)}) TO ${quoteText(file)} (FORMAT parquet)`,
    )
    files.push(file)
  }
  let held = await HeldChunks.open(database, { table, columns })
  for await (const chunk of chunks) {
    context.signal.throwIfAborted()
    held.add(chunk)
    if (held.bytes < HELD_BYTES) continue
    await moveToFile(held)
    held = await HeldChunks.open(database, { table, columns })
  }
  if (files.length > 0) await moveToFile(held)
  else held.close()
  const rows =
    files.length > 0 ? `read_parquet(${quoteTexts(files)})` : `(SELECT ${typed} FROM ${quoteName(table)})`
  return `SELECT ${named} FROM ${rows}`
}

/** Chunks in a table of the database, in place of what it had before. */
class HeldChunks {
  static async open(
    database: DuckDb,
    { table, columns }: { table: string; columns: readonly LoadedColumn[] },
  ): Promise<HeldChunks> {
    const appended = columns.map(
      ({ name, type }) => ({ name, kind: type === 'text' ? 'text' : 'number' }) as const,
    )
    // Positions, not names, so that a table can hold what writeRows will refuse with a reason.
    const definitions = appended.map(
      ({ kind }, index) => `c${index} ${kind === 'text' ? 'VARCHAR' : 'DOUBLE'}`,
    )
    await database.run(`CREATE OR REPLACE TABLE ${quoteName(table)} (${definitions.join(', ')})`)
    return new HeldChunks(await ChunkAppender.open(database, { table, columns: appended }), columns)
  }

  bytes = 0
  readonly #appender: ChunkAppender
  readonly #columns: readonly LoadedColumn[]

  private constructor(appender: ChunkAppender, columns: readonly LoadedColumn[]) {
    this.#appender = appender
    this.#columns = columns
  }

  add(chunk: ChunkToStore): void {
    this.#appender.append(chunk)
    for (const { name } of this.#columns) this.bytes += sizeOf(chunk.columns[name]!)
  }

  close(): void {
    this.#appender.close()
  }
}

/** What values take in a table of the database, about. */
function sizeOf(values: Float64Array | string[]): number {
  if (values instanceof Float64Array) return values.byteLength
  return values.reduce((sum, text) => sum + 16 + text.length, 0)
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
