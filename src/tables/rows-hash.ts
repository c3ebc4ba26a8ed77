import { createHash, type Hash } from 'node:crypto'
import type { StartColumn } from '../core/artifacts.ts'
import { canonicalJson } from '../core/canonical-json.ts'
import type { DuckDb } from './open-duckdb.ts'
import { quoteName } from './quote.ts'
import { textBytesOfVector } from './text-vector.ts'
import { bytesOfVector, nullsOfVector, vectorMemory, type VectorMemory } from './vectors.ts'

type HashedColumn = Pick<StartColumn, 'name' | 'type'>

/**
 * The logical hash of a relation: SHA-256 over the names and types of its columns, the number of rows, and for each
 * column a digest of its values in row order and one of the row numbers of its nulls. It says nothing of files,
 * threads, chunks or machines. Values are hashed as stored: little-endian DOUBLE, BIGINT, days (DATE), microseconds
 * (TIMESTAMP), one byte (BOOLEAN); texts as 32-bit lengths and, apart, their UTF-8 bytes. A null counts as zero
 * bytes or an empty text there.
 */
export async function hashRows(
  database: DuckDb,
  relation: { from: string; columns: readonly HashedColumn[] },
): Promise<{ hash: string; count: number }> {
  const { from, columns } = relation
  const digests = columns.map(({ type }) =>
    type === 'text' ? new TextDigest() : new FixedWidthDigest(bytesPerValue(type)),
  )
  let count = 0
  const names = columns.map(({ name }) => quoteName(name)).join(', ')
  for await (const chunk of database.stream(`SELECT ${names || 'true'} FROM ${from}`)) {
    for (const [index, digest] of digests.entries()) digest.update(vectorMemory(chunk, index), count)
    count += chunk.rowCount
  }
  const header = {
    count,
    columns: columns.map(({ name, type }, index) => ({ name, type, digests: digests[index]!.digest() })),
  }
  return { hash: createHash('sha256').update(canonicalJson(header)).digest('hex'), count }
}

interface ColumnDigest {
  update(memory: VectorMemory, firstRow: number): void
  digest(): Record<string, string>
}

class FixedWidthDigest implements ColumnDigest {
  readonly #values = createHash('sha256')
  readonly #nulls = createHash('sha256')
  readonly #width: number

  constructor(bytesPerValue: number) {
    this.#width = bytesPerValue
  }

  update(memory: VectorMemory, firstRow: number): void {
    const bytes = bytesOfVector(memory, this.#width)
    const nulls = nullsOfVector(memory)
    for (const row of nulls) bytes.fill(0, row * this.#width, (row + 1) * this.#width)
    this.#values.update(bytes)
    updateWithRows(this.#nulls, nulls, firstRow)
  }

  digest(): Record<string, string> {
    return { values: this.#values.digest('hex'), nulls: this.#nulls.digest('hex') }
  }
}

class TextDigest implements ColumnDigest {
  readonly #lengths = createHash('sha256')
  readonly #bytes = createHash('sha256')
  readonly #nulls = createHash('sha256')

  update(memory: VectorMemory, firstRow: number): void {
    const nulls = nullsOfVector(memory)
    const { bytes, starts, lengths } = textBytesOfVector(memory, nulls)
    const joined = Buffer.allocUnsafe(lengths.reduce((sum, length) => sum + length, 0))
    let end = 0
    for (let row = 0; row < memory.rows; row++) {
      const start = starts[row]!
      end += bytes.copy(joined, end, start, start + lengths[row]!)
    }
    this.#bytes.update(joined)
    this.#lengths.update(new Uint8Array(lengths.buffer))
    updateWithRows(this.#nulls, nulls, firstRow)
  }

  digest(): Record<string, string> {
    return {
      bytes: this.#bytes.digest('hex'),
      lengths: this.#lengths.digest('hex'),
      nulls: this.#nulls.digest('hex'),
    }
  }
}

function updateWithRows(hash: Hash, rows: readonly number[], firstRow: number): void {
  if (rows.length === 0) return
  hash.update(new Uint8Array(Float64Array.from(rows, (row) => row + firstRow).buffer))
}

function bytesPerValue(type: Exclude<StartColumn['type'], 'text'>): number {
  switch (type) {
    case 'number':
    case 'integer':
    case 'datetime':
      return 8
    case 'date':
      return 4
    case 'boolean':
      return 1
  }
}
