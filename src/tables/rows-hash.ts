import { createHash } from 'node:crypto'
import type { StartColumn } from '../core/artifacts.ts'
import { canonicalJson } from '../core/canonical-json.ts'
import type { DuckDb } from './open-duckdb.ts'
import { quoteName } from './quote.ts'
import { bytesPerValue, storedVector, type StoredVector } from './stored-vector.ts'
import { INLINE_BYTES } from './text-vector.ts'
import { vectorMemory } from './vectors.ts'

type HashedColumn = Pick<StartColumn, 'name' | 'type'>

/** A column of hashed rows, with digests of its values and its nulls. */
export interface DigestedColumn extends HashedColumn {
  digests: Readonly<Record<string, string>>
}

/**
 * Digests of the columns of a relation, for `hashOfColumns`: of its values in row order, and of the row numbers of its
 * nulls. Values are taken as stored: little-endian DOUBLE, BIGINT, days (DATE), microseconds (TIMESTAMP), one byte
 * (BOOLEAN); texts as 32-bit lengths and, apart, their UTF-8 bytes. A null counts as zero bytes or an empty text there.
 * `look` is shown all of the rows on the way.
 */
export async function digestColumns(
  database: DuckDb,
  relation: {
    from: string
    columns: readonly HashedColumn[]
    look?: (vectors: readonly StoredVector[]) => void
  },
): Promise<{ count: number; columns: DigestedColumn[] }> {
  const { from, columns, look } = relation
  const digests = columns.map(({ type }) =>
    type === 'text' ? new TextDigest() : new FixedWidthDigest(bytesPerValue(type)),
  )
  let count = 0
  const names = columns.map(({ name }) => quoteName(name)).join(', ')
  for await (const chunk of database.stream(`SELECT ${names || 'true'} FROM ${from}`)) {
    const vectors = columns.map(({ type }, index) => storedVector(vectorMemory(chunk, index), type))
    for (const [index, digest] of digests.entries()) digest.update(vectors[index]!, count)
    look?.(vectors)
    count += chunk.rowCount
  }
  return {
    count,
    columns: columns.map(({ name, type }, index) => ({ name, type, digests: digests[index]!.digest() })),
  }
}

/**
 * The logical hash of rows: SHA-256 over the names and types of their columns, how many they are, and the digests of
 * each column. It says nothing of files, threads, chunks or machines.
 */
export function hashOfColumns(rows: { count: number; columns: readonly DigestedColumn[] }): string {
  return createHash('sha256').update(canonicalJson(rows)).digest('hex')
}

interface ColumnDigest {
  update(vector: StoredVector, firstRow: number): void
  digest(): Record<string, string>
}

class FixedWidthDigest implements ColumnDigest {
  readonly #values = createHash('sha256')
  readonly #nulls = new NullsDigest()
  readonly #width: 1 | 4 | 8

  constructor(bytesPerValue: 1 | 4 | 8) {
    this.#width = bytesPerValue
  }

  update({ bytes, nulls }: StoredVector, firstRow: number): void {
    const values = wordsOf(bytes, this.#width)
    for (const row of nulls) values[row] = 0
    this.#values.update(bytes)
    this.#nulls.update(nulls, firstRow)
  }

  digest(): Record<string, string> {
    return { values: this.#values.digest('hex'), nulls: this.#nulls.digest() }
  }
}

/** Bytes as values of a width, all bits of which are 0 where the value is. */
function wordsOf({ buffer, byteOffset, byteLength }: Uint8Array, width: 1 | 4 | 8) {
  switch (width) {
    case 1:
      return new Uint8Array(buffer, byteOffset, byteLength)
    case 4:
      return new Int32Array(buffer, byteOffset, byteLength / 4)
    case 8:
      return new Float64Array(buffer, byteOffset, byteLength / 8)
  }
}

class TextDigest implements ColumnDigest {
  readonly #lengths = createHash('sha256')
  readonly #bytes = createHash('sha256')
  readonly #nulls = new NullsDigest()
  #joined = Buffer.allocUnsafeSlow(1 << 15)

  update({ rows, nulls, text }: StoredVector, firstRow: number): void {
    const { bytes, cells, starts, lengths } = text!
    let joined = viewOf(this.#joined)
    let end = 0
    for (let row = 0; row < rows; row++) {
      const length = lengths[row]!
      if (end + length + INLINE_BYTES > this.#joined.length) {
        this.#grow(end, end + length + INLINE_BYTES)
        joined = viewOf(this.#joined)
      }
      if (length > INLINE_BYTES) bytes.copy(this.#joined, end, starts[row], starts[row]! + length)
      else {
        // All that its cell has, for less than it costs to copy what it needs: the next text stands over the rest.
        joined.setUint32(end, cells[row * 4 + 1]!, true)
        joined.setUint32(end + 4, cells[row * 4 + 2]!, true)
        joined.setUint32(end + 8, cells[row * 4 + 3]!, true)
      }
      end += length
    }
    this.#bytes.update(this.#joined.subarray(0, end))
    this.#lengths.update(new Uint8Array(lengths.buffer))
    this.#nulls.update(nulls, firstRow)
  }

  digest(): Record<string, string> {
    return {
      bytes: this.#bytes.digest('hex'),
      lengths: this.#lengths.digest('hex'),
      nulls: this.#nulls.digest(),
    }
  }

  #grow(used: number, needed: number): void {
    const larger = Buffer.allocUnsafeSlow(Math.max(needed, 2 * this.#joined.length))
    this.#joined.copy(larger, 0, 0, used)
    this.#joined = larger
  }
}

const viewOf = ({ buffer, byteOffset, byteLength }: Buffer): DataView =>
  new DataView(buffer, byteOffset, byteLength)

/** Of the row numbers of nulls, as doubles. */
class NullsDigest {
  readonly #hash = createHash('sha256')
  readonly #waiting = new Float64Array(1024)
  #count = 0

  update(nulls: readonly number[], firstRow: number): void {
    for (const row of nulls) {
      this.#waiting[this.#count++] = row + firstRow
      if (this.#count === this.#waiting.length) this.#flush()
    }
  }

  digest(): string {
    this.#flush()
    return this.#hash.digest('hex')
  }

  #flush(): void {
    this.#hash.update(new Uint8Array(this.#waiting.buffer, 0, 8 * this.#count))
    this.#count = 0
  }
}
