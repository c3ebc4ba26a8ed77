import type { DuckDb } from './open-duckdb.ts'
import { sortWords } from './sort/sort-words.ts'
import { bytesOfVector, vectorMemory } from './vectors.ts'

/** Of so many rows, about 30 000 pairs have the same 32 bits by chance. */
const MOST_ROWS_OF_32_BITS = 2 ** 24

/**
 * Finds rows of a query whose values another row has too, by hashes: a condition in SQL that all of them fulfil, and few
 * others by chance; or says that there are none, or more than `most`. `values` are expressions over the columns of the
 * query, taken together. Takes 8 bytes a row.
 */
export async function findRepeatedRows(
  database: DuckDb,
  { from, values, rows, most }: { from: string; values: readonly string[]; rows: number; most: number },
): Promise<{ condition: string } | 'none' | 'many'> {
  const hash = `hash(${values.join(', ')})`
  const isShort = rows <= MOST_ROWS_OF_32_BITS
  const sql = isShort ? `(${hash} >> 32)::UINTEGER` : hash
  const hashes = isShort ? new Uint32Array(rows) : new BigUint64Array(rows)
  const bytes = new Uint8Array(hashes.buffer)
  let at = 0
  for await (const chunk of database.stream(`SELECT ${sql} FROM ${from}`)) {
    const part = bytesOfVector(vectorMemory(chunk, 0), hashes.BYTES_PER_ELEMENT)
    bytes.set(part, at)
    at += part.length
  }
  const sorted = hashes instanceof Uint32Array ? sortWords(hashes) : hashes.sort()
  const repeated: (number | bigint)[] = []
  for (let index = 1; index < rows && repeated.length <= most; index++)
    if (sorted[index] === sorted[index - 1] && sorted[index] !== sorted[index - 2])
      repeated.push(sorted[index]!)
  if (repeated.length === 0) return 'none'
  if (repeated.length > most) return 'many'
  const list = `[${repeated.join(', ')}]::${isShort ? 'UINTEGER' : 'UBIGINT'}[]`
  return { condition: `${sql} IN (SELECT unnest(${list}))` }
}
