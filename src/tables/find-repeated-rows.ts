import type { DuckDb } from './open-duckdb.ts'
import { bytesOfVector, vectorMemory } from './vectors.ts'

/**
 * Which hashes more than one row of a query has, ascending. `values` are expressions in SQL over its columns; what they
 * say is hashed together, so that rows with a hash of their own are unlike all others. Takes 8 bytes a row.
 */
export async function repeatedHashes(
  database: DuckDb,
  { from, values, rows }: { from: string; values: readonly string[]; rows: number },
): Promise<BigUint64Array> {
  const hashes = new BigUint64Array(rows)
  const bytes = new Uint8Array(hashes.buffer)
  let at = 0
  for await (const chunk of database.stream(`SELECT ${hashSql(values)} FROM ${from}`)) {
    bytes.set(bytesOfVector(vectorMemory(chunk, 0), 8), at)
    at += 8 * chunk.rowCount
  }
  hashes.sort()
  return hashes.filter((hash, index) => hash === hashes[index - 1] && hash !== hashes[index - 2])
}

/** The hash of values together; equal values have equal ones, and so do nulls. */
export function hashSql(values: readonly string[]): string {
  return `hash(${values.join(', ')})`
}
