import duckdb from '@duckdb/node-bindings'
import { bytesOfVector, type VectorMemory } from './vectors.ts'

// A DuckDB string takes 16 bytes: its length, then up to 12 bytes of text, or 4 bytes of it and a pointer.
const CELL_BYTES = 16
const CELL_WORDS = 4
export const INLINE_BYTES = 12

/** The UTF-8 bytes of each text of a VARCHAR column: text i is `bytes[starts[i] .. starts[i] + lengths[i]]`. */
export interface TextBytes {
  /** Begins with the cells: of a text that fits into its own, the bytes beside it are 0. */
  bytes: Buffer
  /** The cells, four words each: the length, then what is inline. */
  cells: Uint32Array
  starts: Uint32Array
  /** Of a null: 0. */
  lengths: Uint32Array
}

/**
 * The bytes of all texts of a chunk with few calls into DuckDB: texts that lie side by side in its memory are
 * fetched together, and texts that share memory (a dictionary) once; these then have the same start.
 */
export function textBytesOfVector(memory: VectorMemory, nulls: readonly number[]): TextBytes {
  const { rows } = memory
  const data = bytesOfVector(memory, CELL_BYTES)
  const cells = Buffer.from(data.buffer, data.byteOffset, data.byteLength)
  const words = new Uint32Array(data.buffer, data.byteOffset, rows * CELL_WORDS)
  for (const row of nulls) words.fill(0, row * CELL_WORDS, (row + 1) * CELL_WORDS)
  const lengths = new Uint32Array(rows)
  const starts = new Uint32Array(rows)
  let far: FarTexts | null = null
  for (let row = 0; row < rows; row++) {
    const word = row * CELL_WORDS
    const length = words[word]!
    lengths[row] = length
    if (length <= INLINE_BYTES) starts[row] = row * CELL_BYTES + 4
    // User-space addresses have at most 48 bits, so a double holds them exactly.
    else
      (far ??= new FarTexts(rows)).add(row, {
        address: words[word + 2]! + words[word + 3]! * 2 ** 32,
        length,
      })
  }
  return { bytes: far ? far.fetch(cells, starts) : cells, cells: words, starts, lengths }
}

/** The texts of a chunk that do not fit into their cells, by their places in memory. */
class FarTexts {
  /** How many different places there are. */
  count = 0
  readonly #placeOf = new Map<number, number>()
  readonly #addresses: Float64Array
  readonly #ends: Float64Array
  /** The place of the text of each row, from 1; 0 for a text that fits. */
  readonly #places: Uint16Array

  constructor(rows: number) {
    this.#addresses = new Float64Array(rows)
    this.#ends = new Float64Array(rows)
    this.#places = new Uint16Array(rows)
  }

  add(row: number, { address, length }: { address: number; length: number }): void {
    let place = this.#placeOf.get(address)
    if (place === undefined) {
      place = this.count++
      this.#placeOf.set(address, place)
      this.#addresses[place] = address
    }
    this.#ends[place] = Math.max(this.#ends[place]!, address + length)
    this.#places[row] = place + 1
  }

  /** The cells and, after them, the texts, with the starts of the latter. */
  fetch(cells: Buffer, starts: Uint32Array): Buffer {
    const parts: Uint8Array[] = [cells]
    const startOf = new Uint32Array(this.count)
    let offset = cells.length
    const order = this.#inOrder()
    for (let first = 0; first < order.length;) {
      const from = this.#addresses[order[first]!]!
      let end = from
      let next = first
      while (next < order.length && (next === first || this.#addresses[order[next]!]! <= end)) {
        const place = order[next]!
        startOf[place] = offset + this.#addresses[place]! - from
        end = Math.max(end, this.#ends[place]!)
        next++
      }
      parts.push(bytesAt(from, end - from))
      offset += end - from
      first = next
    }
    for (const [row, place] of this.#places.entries()) if (place > 0) starts[row] = startOf[place - 1]!
    return Buffer.concat(parts, offset)
  }

  /** The places by ascending address; mostly they are in this order already. */
  #inOrder(): Uint16Array {
    const places = Uint16Array.from({ length: this.count }, (_, place) => place)
    const isAscending = places.every(
      (place) => place === 0 || this.#addresses[place - 1]! < this.#addresses[place]!,
    )
    return isAscending ? places : places.sort((a, b) => this.#addresses[a]! - this.#addresses[b]!)
  }
}

function bytesAt(address: number, count: number): Uint8Array {
  const pointer = BigUint64Array.of(BigInt(address))
  return duckdb.get_data_from_pointer(pointer.buffer, 0, count)
}
