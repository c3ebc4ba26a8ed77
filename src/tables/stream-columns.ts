import type { StartColumn } from '../core/artifacts.ts'
import { CHUNK_ROWS, type StreamedChunk } from './column-chunk.ts'
import type { DuckDb } from './open-duckdb.ts'
import { quoteName } from './quote.ts'
import { TextReader } from './text-reader.ts'
import { float64OfVector, vectorMemory, type VectorMemory } from './vectors.ts'

export type StreamedColumn = Pick<StartColumn, 'name' | 'type'>

/**
 * Columns of a relation (a table name, or a query in brackets) in chunks of exactly `chunkRows` rows but for the
 * last, in its row order, as a model sees them. `keep` picks rows by their position in the relation.
 */
export async function* streamColumns(
  database: DuckDb,
  relation: {
    from: string
    columns: readonly StreamedColumn[]
    keep?: (row: number) => boolean
    chunkRows?: number
  },
): AsyncIterable<StreamedChunk> {
  const { from, columns, keep, chunkRows = CHUNK_ROWS } = relation
  const values = columns.map((column) => modelValueSql(column)).join(', ')
  const chunk = new ChunkBuilder(columns, chunkRows)
  let seen = 0
  for await (const part of database.stream(`SELECT ${values || 'true'} FROM ${from}`)) {
    const rows = pickRows({ from: seen, count: part.rowCount, keep })
    seen += part.rowCount
    const memories = columns.map((_, index) => vectorMemory(part, index))
    const picked = chunk.read(memories)
    for (let taken = 0; taken < rows.length;) {
      taken += chunk.take(picked, rows, taken)
      if (chunk.isFull) yield chunk.flush()
    }
  }
  if (chunk.rows > 0) yield chunk.flush()
}

/** A column as the float64 or text that a model sees. */
function modelValueSql({ name, type }: StreamedColumn): string {
  const column = quoteName(name)
  switch (type) {
    case 'text':
      return column
    case 'number':
    case 'integer':
    case 'boolean':
      return `coalesce(${column}::DOUBLE, 'nan'::DOUBLE)`
    case 'date':
    case 'datetime':
      return `coalesce(epoch_ms(${column}::TIMESTAMP)::DOUBLE, 'nan'::DOUBLE)`
  }
}

function pickRows(options: {
  from: number
  count: number
  keep: ((row: number) => boolean) | undefined
}): Uint16Array {
  const rows = new Uint16Array(options.count)
  let kept = 0
  for (let row = 0; row < options.count; row++) {
    if (!options.keep || options.keep(options.from + row)) rows[kept++] = row
  }
  return rows.subarray(0, kept)
}

type Values = Float64Array | string[]

class ChunkBuilder {
  rows = 0
  readonly #columns: readonly StreamedColumn[]
  readonly #chunkRows: number
  readonly #readers: TextReader[]
  #values: Values[]
  #firstRow = 0

  constructor(columns: readonly StreamedColumn[], chunkRows: number) {
    this.#columns = columns
    this.#chunkRows = chunkRows
    this.#readers = columns.map(() => new TextReader())
    this.#values = this.#emptyValues()
  }

  get isFull(): boolean {
    return this.rows === this.#chunkRows
  }

  read(memories: readonly VectorMemory[]): Values[] {
    return memories.map((memory, index) =>
      this.#columns[index]!.type === 'text' ? this.#readers[index]!.texts(memory) : float64OfVector(memory),
    )
  }

  /** Takes as many of the rows from `start` on as there is room for; returns how many. */
  take(from: readonly Values[], rows: Uint16Array, start: number): number {
    const count = Math.min(rows.length - start, this.#chunkRows - this.rows)
    for (let column = 0; column < from.length; column++) {
      const source = from[column]!
      const target = this.#values[column]!
      for (let index = 0; index < count; index++) target[this.rows + index] = source[rows[start + index]!]!
    }
    this.rows += count
    return count
  }

  flush(): StreamedChunk {
    const { rows } = this
    const columns: Record<string, Values> = Object.create(null) as Record<string, Values>
    for (const [index, { name }] of this.#columns.entries()) {
      const values = this.#values[index]!
      columns[name] = rows === this.#chunkRows ? values : values.slice(0, rows)
    }
    const chunk = { rows, columns, firstRow: this.#firstRow }
    this.#firstRow += rows
    this.rows = 0
    this.#values = this.#emptyValues()
    return chunk
  }

  #emptyValues(): Values[] {
    return this.#columns.map(({ type }) =>
      type === 'text'
        ? Array.from<string>({ length: this.#chunkRows }).fill('')
        : new Float64Array(this.#chunkRows),
    )
  }
}
