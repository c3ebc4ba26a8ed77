import duckdb from '@duckdb/node-bindings'
import { DOUBLE, DuckDBDataChunk, VARCHAR, type DuckDBAppender } from '@duckdb/node-api'
import type { ColumnChunk } from './column-chunk.ts'
import type { DuckDb } from './open-duckdb.ts'
import { INLINE_BYTES } from './text-vector.ts'

/** A chunk to be stored: NaN and `''` are nulls unless `nulls` says for a column which rows are (1) and are not (0). */
export type ChunkToStore = ColumnChunk & { nulls?: Readonly<Record<string, Uint8Array>> }

export interface AppendedColumn {
  name: string
  kind: 'number' | 'text'
}

/** Appends chunks to a table of DOUBLE and VARCHAR columns. */
export class ChunkAppender {
  static async open(
    database: DuckDb,
    { table, columns }: { table: string; columns: readonly AppendedColumn[] },
  ): Promise<ChunkAppender> {
    return new ChunkAppender(await database.connection.createAppender(table), columns)
  }

  readonly #appender: DuckDBAppender
  readonly #columns: readonly AppendedColumn[]
  // One for all, for what it holds would be given back only when it is collected.
  readonly #target: DuckDBDataChunk

  private constructor(appender: DuckDBAppender, columns: readonly AppendedColumn[]) {
    this.#appender = appender
    this.#columns = columns
    this.#target = DuckDBDataChunk.create(columns.map(({ kind }) => (kind === 'text' ? VARCHAR : DOUBLE)))
  }

  append(chunk: ChunkToStore): void {
    const vectorRows = duckdb.vector_size()
    for (let start = 0; start < chunk.rows; start += vectorRows) {
      const rows = Math.min(vectorRows, chunk.rows - start)
      this.#target.reset()
      this.#target.rowCount = rows
      for (const [index, { name }] of this.#columns.entries()) {
        const vector = duckdb.data_chunk_get_vector(this.#target.chunk, index)
        const values = chunk.columns[name]
        if (!values || values.length < chunk.rows)
          throw new TypeError(`a chunk has too few values of “${name}”`)
        const isNull = nullTest(values, chunk.nulls?.[name])
        if (values instanceof Float64Array) writeNumbers(vector, values.subarray(start, start + rows))
        else writeTexts(vector, values.slice(start, start + rows))
        writeNulls(vector, rows, (row) => isNull(start + row))
      }
      this.#appender.appendDataChunk(this.#target)
    }
  }

  close(): void {
    this.#appender.closeSync()
  }
}

function nullTest(values: Float64Array | string[], nulls: Uint8Array | undefined): (row: number) => boolean {
  if (nulls) return (row) => nulls[row] === 1
  if (values instanceof Float64Array) return (row) => Number.isNaN(values[row]!)
  return (row) => values[row] === ''
}

function writeNumbers(vector: duckdb.Vector, values: Float64Array): void {
  duckdb.copy_data_to_vector(vector, 0, values.buffer as ArrayBuffer, values.byteOffset, values.byteLength)
}

/** Of a text in a vector: its length, then its bytes where they are few, else where they are. */
const cellBytes = 16
const lengthBytes = 4

/** Short plain texts, as most are, are put where they stay, all at once. */
function writeTexts(vector: duckdb.Vector, texts: readonly string[]): void {
  const cells = new Uint8Array(cellBytes * texts.length)
  const others: number[] = []
  for (let row = 0; row < texts.length; row++)
    if (!putPlainText(texts[row]!, cells, row * cellBytes)) others.push(row)
  duckdb.copy_data_to_vector(vector, 0, cells.buffer, 0, cells.byteLength)
  for (const row of others) duckdb.vector_assign_string_element(vector, row, texts[row]!)
}

/** False for a text that is long, or has other characters than those of ASCII. */
function putPlainText(text: string, cells: Uint8Array, at: number): boolean {
  if (text.length > INLINE_BYTES) return false
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    if (code === 0 || code > 127) return false
    cells[at + lengthBytes + index] = code
  }
  cells[at] = text.length
  return true
}

function writeNulls(vector: duckdb.Vector, rows: number, isNull: (row: number) => boolean): void {
  const bits = new Uint8Array(Math.ceil(rows / 64) * 8).fill(255)
  let any = false
  for (let row = 0; row < rows; row++) {
    if (!isNull(row)) continue
    bits[row >> 3]! &= ~(1 << (row & 7))
    any = true
  }
  if (!any) return
  duckdb.vector_ensure_validity_writable(vector)
  duckdb.copy_data_to_vector_validity(vector, 0, bits.buffer, 0, bits.byteLength)
}
