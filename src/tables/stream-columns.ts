import type { DuckDBDataChunk } from '@duckdb/node-api'
import type { StartColumn } from '../core/artifacts.ts'
import { CHUNK_ROWS, type StreamedChunk } from './column-chunk.ts'
import type { DuckDb } from './open-duckdb.ts'
import { quoteName } from './quote.ts'
import { TextReader } from './text-reader.ts'
import { float64ViewOfVector, vectorMemory } from './vectors.ts'

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
  for await (const read of database.stream(`SELECT ${selected || 'true'} FROM ${from}`)) {
    const part = reader.read(read)
    const picked = keep ? pickRows(part.rows, (row) => keep(seen + row)) : allRows(part.rows)
    seen += part.rows
    for (let taken = 0; taken < picked.length;) {
      taken += chunk.take(part, picked.subarray(taken))
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

/** Rows where the database has put them. */
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
      return type === 'text' ? this.#texts[index]!.texts(memory) : float64ViewOfVector(memory)
    })
    return { rows: part.rowCount, values }
  }
}

/** Numbers of the rows of a part that are wanted. */
type Picked = Uint16Array

function pickRows(rows: number, isWanted: (row: number) => boolean): Picked {
  const picked = new Uint16Array(rows)
  let count = 0
  for (let row = 0; row < rows; row++) if (isWanted(row)) picked[count++] = row
  return picked.subarray(0, count)
}

const everyRow = Uint16Array.from({ length: 2048 }, (_, row) => row)

function allRows(rows: number): Picked {
  return rows <= everyRow.length ? everyRow.subarray(0, rows) : pickRows(rows, () => true)
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

  /** Takes as many of the picked rows as there is room for; returns how many. */
  take(part: Part, picked: Picked): number {
    const count = Math.min(picked.length, this.#chunkRows - this.rows)
    for (let column = 0; column < part.values.length; column++) {
      const source = part.values[column]!
      const target = this.#values[column]!
      if (source instanceof Float64Array)
        copyNumbers(source, target as Float64Array, { picked, count, at: this.rows })
      else for (let index = 0; index < count; index++) (target as string[]).push(source[picked[index]!]!)
    }
    this.rows += count
    return count
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

function copyNumbers(
  source: Float64Array,
  target: Float64Array,
  { picked, count, at }: { picked: Picked; count: number; at: number },
): void {
  for (let index = 0; index < count; index++) target[at + index] = source[picked[index]!]!
}
