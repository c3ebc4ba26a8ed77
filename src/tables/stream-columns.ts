import type { DuckDBDataChunk } from '@duckdb/node-api'
import type { StartColumn } from '../core/artifacts.ts'
import { CHUNK_ROWS, type StreamedChunk } from './column-chunk.ts'
import type { DuckDb } from './open-duckdb.ts'
import { quoteName } from './quote.ts'
import { TextReader } from './text-reader.ts'
import { float64OfVector, vectorMemory } from './vectors.ts'

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
  const selected = columns.map((column) => modelValueSql(column)).join(', ')
  const reader = new ColumnsReader(columns)
  const chunk = new ChunkBuilder(columns, chunkRows)
  let seen = 0
  for await (const part of database.stream(`SELECT ${selected || 'true'} FROM ${from}`)) {
    const read = reader.read(part)
    const picked = keep ? pickRows(read, (row) => keep(seen + row)) : read
    seen += part.rowCount
    for (let taken = 0; taken < picked.rows;) {
      taken += chunk.take(picked, taken)
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

type Values = Float64Array | string[]

interface Part {
  rows: number
  /** In the order of the columns. */
  values: readonly Values[]
}

class ColumnsReader {
  readonly #columns: readonly StreamedColumn[]
  readonly #texts: readonly TextReader[]

  constructor(columns: readonly StreamedColumn[]) {
    this.#columns = columns
    this.#texts = columns.map(() => new TextReader())
  }

  read(part: DuckDBDataChunk): Part {
    const values = this.#columns.map(({ type }, index) => {
      const memory = vectorMemory(part, index)
      return type === 'text' ? this.#texts[index]!.texts(memory) : float64OfVector(memory)
    })
    return { rows: part.rowCount, values }
  }
}

function pickRows(part: Part, keep: (row: number) => boolean): Part {
  const rows: number[] = []
  for (let row = 0; row < part.rows; row++) if (keep(row)) rows.push(row)
  const values = part.values.map((all) =>
    all instanceof Float64Array ? Float64Array.from(rows, (row) => all[row]!) : rows.map((row) => all[row]!),
  )
  return { rows: rows.length, values }
}

class ChunkBuilder {
  rows = 0
  readonly #columns: readonly StreamedColumn[]
  readonly #chunkRows: number
  #values: Values[]
  #firstRow = 0

  constructor(columns: readonly StreamedColumn[], chunkRows: number) {
    this.#columns = columns
    this.#chunkRows = chunkRows
    this.#values = this.#emptyValues()
  }

  get isFull(): boolean {
    return this.rows === this.#chunkRows
  }

  /** Takes as many rows from `start` on as there is room for; returns how many. */
  take(part: Part, start: number): number {
    const end = Math.min(part.rows, start + this.#chunkRows - this.rows)
    for (const [column, source] of part.values.entries()) {
      const target = this.#values[column]!
      if (target instanceof Float64Array) target.set((source as Float64Array).subarray(start, end), this.rows)
      else for (let row = start; row < end; row++) target.push(source[row] as string)
    }
    this.rows += end - start
    return end - start
  }

  flush(): StreamedChunk {
    const { rows } = this
    const columns: Record<string, Values> = Object.create(null) as Record<string, Values>
    for (const [index, { name }] of this.#columns.entries()) {
      const values = this.#values[index]!
      columns[name] = values.length === rows ? values : values.slice(0, rows)
    }
    const chunk = { rows, columns, firstRow: this.#firstRow }
    this.#firstRow += rows
    this.rows = 0
    this.#values = this.#emptyValues()
    return chunk
  }

  #emptyValues(): Values[] {
    return this.#columns.map(({ type }) => (type === 'text' ? [] : new Float64Array(this.#chunkRows)))
  }
}
