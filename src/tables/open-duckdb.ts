import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import type { DuckDBConnection, DuckDBDataChunk, DuckDBValue, JS } from '@duckdb/node-api'
import type { RunContext } from '../node-kit/run-context.ts'
import { tableError } from './errors.ts'
import { quoteTexts } from './quote.ts'

/** What a database takes from the context of a step: its share of the machine, a scratch folder, the cancel signal. */
export type DatabaseContext = Pick<RunContext, 'threads' | 'memoryMb' | 'workFolder' | 'signal'>

/** A private DuckDB in memory that spills to the scratch folder. Every statement ends when the step is cancelled. */
export interface DuckDb {
  readonly connection: DuckDBConnection
  run(sql: string, values?: DuckDBValue[]): Promise<void>
  /** All rows of a small result. */
  rows<Row extends Record<string, JS>>(sql: string, values?: DuckDBValue[]): Promise<Row[]>
  /** The result in chunks of at most 2 048 rows, in order, while it is being computed. */
  stream(sql: string): AsyncIterable<DuckDBDataChunk>
  close(): void
}

/**
 * Opens a database that can touch nothing but the scratch folder and what is named here: no other file, no network,
 * no extension, and no statement can change that.
 */
export async function openDuckDb(
  context: DatabaseContext,
  options: {
    files?: readonly string[]
    folders?: readonly string[]
    /**
     * One where rows are only passed on to a file: of several threads, those that are ahead of their turn hold what
     * they have until it comes, up to all of the memory.
     */
    threads?: 1
  } = {},
): Promise<DuckDb> {
  const instance = await DuckDBInstance.create(':memory:', {
    threads: String(options.threads ?? Math.max(1, context.threads)),
    memory_limit: `${Math.max(256, context.memoryMb)}MB`,
    temp_directory: join(context.workFolder, 'duckdb'),
    preserve_insertion_order: 'true',
    autoload_known_extensions: 'false',
    autoinstall_known_extensions: 'false',
    allow_community_extensions: 'false',
  })
  const connection = await instance.connect()
  const folders = [context.workFolder, ...(options.folders ?? [])]
  await connection.run(`SET TimeZone = 'UTC'`)
  // By default a stream is two chunks of a wide table ahead of who reads it, and its threads sleep and wake in turns.
  await connection.run(`SET streaming_buffer_size = '8MB'`)
  // It turns a long IN list into a join, and a join gives rows in another order.
  await connection.run(`SET disabled_optimizers = 'in_clause'`)
  await connection.run(`SET allowed_directories = ${quoteTexts(folders.map((folder) => join(folder, '/')))}`)
  await connection.run(`SET allowed_paths = ${quoteTexts(options.files ?? [])}`)
  await connection.run('SET enable_external_access = false')
  await connection.run('SET lock_configuration = true')
  return new LockedDuckDb({ instance, connection, context })
}

class LockedDuckDb implements DuckDb {
  readonly connection: DuckDBConnection
  readonly #instance: DuckDBInstance
  readonly #context: DatabaseContext

  constructor(parts: { instance: DuckDBInstance; connection: DuckDBConnection; context: DatabaseContext }) {
    this.connection = parts.connection
    this.#instance = parts.instance
    this.#context = parts.context
  }

  async run(sql: string, values?: DuckDBValue[]): Promise<void> {
    await this.#cancellable(() => this.connection.run(sql, values))
  }

  async rows<Row extends Record<string, JS>>(sql: string, values?: DuckDBValue[]): Promise<Row[]> {
    const reader = await this.#cancellable(() => this.connection.runAndReadAll(sql, values))
    const names = reader.deduplicatedColumnNames()
    // The client's own objects lose a column called “__proto__”.
    return reader
      .getRowsJS()
      .map((values) => Object.fromEntries(names.map((name, column) => [name, values[column]])) as Row)
  }

  async *stream(sql: string): AsyncIterable<DuckDBDataChunk> {
    const result = await this.#cancellable(() => this.connection.stream(sql))
    const fetch = () => this.#cancellable(() => result.fetchChunk())
    let next = fetch()
    try {
      for (;;) {
        const chunk = await next
        if (!chunk || chunk.rowCount === 0) return
        // The next one is made while this one is worked on.
        next = fetch()
        next.catch(() => {})
        yield chunk
        // Its texts are given back now, the rest not before the object is collected.
        chunk.reset()
      }
    } finally {
      await next.catch(() => {})
    }
  }

  close(): void {
    this.connection.closeSync()
    this.#instance.closeSync()
  }

  async #cancellable<Result>(work: () => Promise<Result>): Promise<Result> {
    const { signal } = this.#context
    signal.throwIfAborted()
    const watch = setInterval(() => {
      if (signal.aborted) this.connection.interrupt()
    }, 50)
    try {
      return await work()
    } catch (cause) {
      signal.throwIfAborted()
      throw this.#explain(cause)
    } finally {
      clearInterval(watch)
    }
  }

  #explain(cause: unknown): unknown {
    const text = cause instanceof Error ? cause.message : ''
    if (text.startsWith('Out of Memory Error')) {
      return tableError('out-of-memory', { memoryMb: this.#context.memoryMb }, { cause })
    }
    if (/No space left on device|not enough space/i.test(text)) return tableError('disk-full', {}, { cause })
    return cause
  }
}
