import { isCoded, type MixedChunk } from '../tables/coded-texts.ts'
import { CHUNK_ROWS } from '../tables/column-chunk.ts'

/** Values of a matrix that are held at once: 4 MB in float32, and what a recipe computes on the way there. */
const mostValues = 1 << 20

/** The rows of a chunk in pieces of so few that a matrix of this width stays small. No row’s values depend on its piece. */
export function* narrowChunks<Chunk extends MixedChunk>(chunk: Chunk, width: number): Iterable<Chunk> {
  const rows = Math.max(1, Math.min(CHUNK_ROWS, Math.floor(mostValues / Math.max(1, width))))
  if (chunk.rows <= rows) {
    yield chunk
    return
  }
  for (let first = 0; first < chunk.rows; first += rows) {
    const end = Math.min(chunk.rows, first + rows)
    const columns = Object.entries(chunk.columns).map(([name, column]) => [
      name,
      isCoded(column) ? { ...column, codes: column.codes.slice(first, end) } : column.slice(first, end),
    ])
    yield { ...chunk, rows: end - first, columns: Object.fromEntries(columns) as Chunk['columns'] }
  }
}
