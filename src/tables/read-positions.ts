import type { DuckDb } from './open-duckdb.ts'
import { float64OfVector, vectorMemory } from './vectors.ts'

/** The numbers of rows (from 0) that a query gives as its only column, in its order. */
export async function readPositions(database: DuckDb, query: string): Promise<Uint32Array> {
  const chunks: Float64Array[] = []
  let count = 0
  for await (const chunk of database.stream(`SELECT COLUMNS(*)::DOUBLE FROM (${query})`)) {
    chunks.push(float64OfVector(vectorMemory(chunk, 0)))
    count += chunk.rowCount
  }
  const positions = new Uint32Array(count)
  let at = 0
  for (const chunk of chunks) {
    positions.set(chunk, at)
    at += chunk.length
  }
  return positions
}
