import duckdb from '@duckdb/node-bindings'
import type { DuckDBDataChunk } from '@duckdb/node-api'

/** The memory of one column of a DuckDB chunk. Valid only until the next chunk is asked for: copy what is kept. */
export interface VectorMemory {
  rows: number
  vector: duckdb.Vector
}

export function vectorMemory(chunk: DuckDBDataChunk, column: number): VectorMemory {
  return { rows: chunk.rowCount, vector: duckdb.data_chunk_get_vector(chunk.chunk, column) }
}

/** The bytes of a column of fixed-width values. What stands at a null is undefined. */
export function bytesOfVector({ rows, vector }: VectorMemory, bytesPerValue: number): Uint8Array {
  return duckdb.vector_get_data(vector, rows * bytesPerValue)
}

/** The values of a DOUBLE column where they are. What stands at a null is undefined. */
export function float64ViewOfVector(memory: VectorMemory): Float64Array {
  const { buffer, byteOffset } = bytesOfVector(memory, 8)
  return new Float64Array(buffer, byteOffset, memory.rows)
}

/** The values of a DOUBLE column, copied. What stands at a null is undefined. */
export function float64OfVector(memory: VectorMemory): Float64Array {
  const values = new Float64Array(memory.rows)
  new Uint8Array(values.buffer).set(bytesOfVector(memory, 8))
  return values
}

/** Row indexes of the nulls in a chunk, ascending. */
export function nullsOfVector({ rows, vector }: VectorMemory): number[] {
  const bits: Uint8Array | null = duckdb.vector_get_validity(vector, Math.ceil(rows / 64) * 8)
  const nulls: number[] = []
  if (!bits) return nulls
  for (let byte = 0; byte * 8 < rows; byte++) {
    const valid = bits[byte]!
    if (valid === 255) continue
    const end = Math.min(rows, byte * 8 + 8)
    for (let row = byte * 8; row < end; row++) if ((valid & (1 << (row & 7))) === 0) nulls.push(row)
  }
  return nulls
}
