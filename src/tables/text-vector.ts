import duckdb from '@duckdb/node-bindings'
import { bytesOfVector, type VectorMemory } from './vectors.ts'

// A DuckDB string takes 16 bytes: its length, then up to 12 bytes of text, or 4 bytes of it and a pointer.
const CELL_BYTES = 16
const INLINE_BYTES = 12

/** The UTF-8 bytes of each text of a VARCHAR column: text i is `bytes[starts[i] .. starts[i] + lengths[i]]`. */
export interface TextBytes {
  bytes: Buffer
  starts: Uint32Array
  lengths: Uint32Array
}

/**
 * The bytes of all texts of a chunk with few calls into DuckDB: texts that lie side by side in its memory are
 * fetched together, and texts that share memory (a dictionary) once. A null has length 0.
 */
export function textBytesOfVector(memory: VectorMemory, nulls: readonly number[]): TextBytes {
  const { rows } = memory
  const cells = Buffer.from(bytesOfVector(memory, CELL_BYTES))
  for (const row of nulls) cells.fill(0, row * CELL_BYTES, (row + 1) * CELL_BYTES)
  const lengths = new Uint32Array(rows)
  const starts = new Uint32Array(rows)
  const ends = new Map<number, number>()
  for (let row = 0, cell = 0; row < rows; row++, cell += CELL_BYTES) {
    const length = cells.readUInt32LE(cell)
    lengths[row] = length
    starts[row] = cell + 4
    if (length <= INLINE_BYTES) continue
    const address = addressAt(cells, cell + 8)
    ends.set(address, Math.max(ends.get(address) ?? 0, address + length))
  }
  if (ends.size === 0) return { bytes: cells, starts, lengths }
  const runs = fetchRuns({ cells, ends, addressOffset: (row) => row * CELL_BYTES + 8, rows, lengths })
  for (let row = 0; row < rows; row++) {
    if (lengths[row]! > INLINE_BYTES) starts[row] = runs.startOf(addressAt(cells, row * CELL_BYTES + 8))
  }
  return { bytes: runs.bytes, starts, lengths }
}

interface Runs {
  bytes: Buffer
  startOf(address: number): number
}

function fetchRuns(source: {
  cells: Buffer
  /** End address of the longest text that starts at an address. */
  ends: ReadonlyMap<number, number>
  addressOffset: (row: number) => number
  rows: number
  lengths: Uint32Array
}): Runs {
  const addresses = Float64Array.from(source.ends.keys()).sort()
  const parts: Uint8Array[] = [source.cells]
  const offsets = new Map<number, number>()
  let offset = source.cells.length
  for (let first = 0; first < addresses.length;) {
    const start = addresses[first]!
    let end = source.ends.get(start)!
    let next = first + 1
    while (next < addresses.length && addresses[next]! <= end) {
      end = Math.max(end, source.ends.get(addresses[next]!)!)
      next++
    }
    for (let index = first; index < next; index++)
      offsets.set(addresses[index]!, offset + addresses[index]! - start)
    parts.push(bytesAt(start, end - start))
    offset += end - start
    first = next
  }
  return { bytes: Buffer.concat(parts, offset), startOf: (address) => offsets.get(address)! }
}

const pointer = new BigUint64Array(1)

function bytesAt(address: number, count: number): Uint8Array {
  pointer[0] = BigInt(address)
  return duckdb.get_data_from_pointer(pointer.buffer, 0, count)
}

// User-space addresses have at most 48 bits, so a double holds them exactly.
function addressAt(cells: Buffer, offset: number): number {
  return cells.readUInt32LE(offset) + cells.readUInt32LE(offset + 4) * 2 ** 32
}
