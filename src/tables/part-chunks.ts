import { CHUNK_ROWS, type ColumnChunk } from './column-chunk.ts'

/** The part of each row, as chunks with one column of that name. */
export function* partChunks(parts: Uint8Array, column: string): Iterable<ColumnChunk> {
  for (let start = 0; start < parts.length; start += CHUNK_ROWS) {
    const values = Float64Array.from(parts.subarray(start, start + CHUNK_ROWS))
    yield { rows: values.length, columns: { [column]: values } }
  }
}
