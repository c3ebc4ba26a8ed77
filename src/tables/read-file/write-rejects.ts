import type { Artifact } from '../../core/artifacts.ts'
import type { RunContext } from '../../node-kit/run-context.ts'
import { ChunkAppender } from '../append-chunk.ts'
import { CHUNK_ROWS } from '../column-chunk.ts'
import type { DuckDb } from '../open-duckdb.ts'
import { writeRows } from '../write-table.ts'
import { readError } from './read-errors.ts'
import { rejectColumns, type FileReading, type RejectReason } from './read-options.ts'

export interface Reject {
  line: number
  column: string | null
  reason: RejectReason
  message: string
  raw: string
}

const MAX_RAW = 1000

/** Collects rejects, however many, and writes them as rows with the columns `rejectColumns`. */
export class RejectsWriter {
  static async open(context: RunContext, database: DuckDb): Promise<RejectsWriter> {
    const columns = rejectColumns.map(
      ({ name, type }) => `"${name}" ${type === 'text' ? 'VARCHAR' : 'DOUBLE'}`,
    )
    await database.run(`CREATE TABLE rejects (${columns.join(', ')})`)
    const appended = rejectColumns.map(
      ({ name, type }) => ({ name, kind: type === 'text' ? 'text' : 'number' }) as const,
    )
    const appender = await ChunkAppender.open(database, { table: 'rejects', columns: appended })
    return new RejectsWriter(context, database, appender)
  }

  count = 0
  readonly reasons: Partial<Record<RejectReason, number>> = {}
  #first: Reject | null = null
  #waiting: Reject[] = []
  readonly #context: RunContext
  readonly #database: DuckDb
  readonly #appender: ChunkAppender

  private constructor(context: RunContext, database: DuckDb, appender: ChunkAppender) {
    this.#context = context
    this.#database = database
    this.#appender = appender
  }

  add(reject: Reject): void {
    this.#first ??= reject
    this.count++
    this.reasons[reject.reason] = (this.reasons[reject.reason] ?? 0) + 1
    this.#waiting.push({ ...reject, raw: cut(reject.raw) })
    if (this.#waiting.length === CHUNK_ROWS) this.#flush()
  }

  /** Stores the rejects. Where there are some and nothing was kept, the file as a whole is refused. */
  async finish(file: string, rows: Artifact<'rows'>): Promise<Omit<FileReading, 'sniff' | 'startColumns'>> {
    const { count, reasons } = this
    const kept = rows.data.count
    if (kept === 0 && this.#first) {
      const reason = `line ${this.#first.line}: ${this.#first.message}`
      throw readError('nothing-readable', { file, rows: count, reason })
    }
    this.#flush()
    this.#appender.close()
    const database = this.#database
    const from = 'SELECT * FROM rejects'
    const stored = await writeRows(this.#context, { database, from, startColumns: rejectColumns })
    const startColumns = rejectColumns.map(({ name, type }) => ({ name, type, source: this.#context.node }))
    const counts = { read: kept + count, kept, rejected: count }
    return { rows, rejects: { rows: stored, startColumns }, counts, reasons }
  }

  #flush(): void {
    const rejects = this.#waiting.splice(0)
    this.#appender.append({
      rows: rejects.length,
      columns: {
        line: Float64Array.from(rejects, ({ line }) => line),
        column: rejects.map(({ column }) => column ?? ''),
        reason: rejects.map(({ reason }) => reason),
        message: rejects.map(({ message }) => message),
        raw: rejects.map(({ raw }) => raw),
      },
    })
  }
}

// A stored text ends at NUL for many readers, so its picture stands for it.
function cut(raw: string): string {
  const text = raw.length > MAX_RAW ? `${raw.slice(0, MAX_RAW)}…` : raw
  return text.toWellFormed().replaceAll('\0', '\u2400')
}
