import type { StartColumn } from '../core/artifacts.ts'
import type { StreamedColumn } from './chunk-builder.ts'
import type { ResidentPart, ResidentRows } from './resident-rows.ts'
import type { StoredVector } from './stored-vector.ts'
import { TextCoder } from './text-coder.ts'
import type { TextBytes } from './text-vector.ts'

/** How much memory a row takes at most when it is recorded, but for its texts. */
export function bytesPerRow(columns: readonly StreamedColumn[]): number {
  return columns.reduce((sum, { type }) => sum + (type === 'text' ? 4 : 8), 0)
}

/** Records columns of stored rows as models see them. */
export class RowsRecorder {
  #bytes = 0
  readonly #parts: number[] = []
  readonly #columns: ColumnRecorder[]

  constructor(columns: readonly StreamedColumn[]) {
    this.#columns = columns.map((column) => new ColumnRecorder(column))
  }

  /** A part of each column. */
  add(vectors: readonly StoredVector[]): void {
    this.#parts.push(vectors[0]?.rows ?? 0)
    for (const [index, column] of this.#columns.entries()) this.#bytes += column.add(vectors[index]!)
  }

  /** Columns of ever new texts are not among them. */
  finish(): ResidentRows {
    const columns = this.#columns.flatMap(({ name, values }) => (values ? [[name, values] as const] : []))
    return { bytes: this.#bytes, parts: this.#parts, columns: new Map(columns) }
  }
}

class ColumnRecorder {
  readonly name: string
  /** Null where it is not recorded. */
  values: ResidentPart[] | null = []
  readonly #type: StartColumn['type']
  readonly #coder: TextCoder | null

  constructor({ name, type }: StreamedColumn) {
    this.name = name
    this.#type = type
    this.#coder = type === 'text' ? new TextCoder() : null
  }

  /** Records a part; says how many bytes it takes. */
  add(vector: StoredVector): number {
    if (!this.values) return 0
    const values = vector.text ? this.#codes(vector.text, this.#coder!) : this.#numbers(vector)
    if (values) this.values.push(values)
    else this.values = null
    return values ? ('codes' in values ? values.codes : values).byteLength : 0
  }

  #numbers(vector: StoredVector): ResidentPart | null {
    const values = modelValues(vector, this.#type)
    return values && isExactInFloat32(values) ? new Float32Array(values) : values
  }

  #codes(text: TextBytes, coder: TextCoder): ResidentPart | null {
    const codes = coder.codes(text)
    if (coder.isTooLong) return null
    const { texts } = coder
    return { codes: texts.length <= 256 ? new Uint8Array(codes) : new Uint16Array(codes), texts }
  }
}

function isExactInFloat32(values: Float64Array): boolean {
  // By index, which takes an eighth of what an iterator does.
  for (let index = 0; index < values.length; index++) {
    const value = values[index]!
    if (Math.fround(value) !== value && !Number.isNaN(value)) return false
  }
  return true
}

/** Stored values as `modelValueSql` gives them; null where DuckDB would refuse one. */
function modelValues({ rows, bytes, nulls }: StoredVector, type: StartColumn['type']): Float64Array | null {
  const values = new Float64Array(rows)
  switch (type) {
    case 'number':
      new Uint8Array(values.buffer).set(bytes)
      break
    case 'integer':
      setWholeNumbers(values, bytes)
      break
    case 'boolean':
      values.set(bytes)
      break
    case 'date':
      if (!setDays(values, { bytes, nulls })) return null
      break
    case 'datetime':
      if (!setTimes(values, { bytes, nulls })) return null
      break
    case 'text':
      return null
  }
  for (const row of nulls) values[row] = Number.NaN
  return values
}

function setWholeNumbers(values: Float64Array, { buffer, byteOffset }: Uint8Array): void {
  const words = new Int32Array(buffer, byteOffset, 2 * values.length)
  // The upper half alone is exact, so the sum is rounded once.
  for (let row = 0; row < values.length; row++)
    values[row] = words[2 * row + 1]! * 2 ** 32 + (words[2 * row]! >>> 0)
}

interface Times {
  bytes: Uint8Array
  nulls: readonly number[]
}

/** False where there is an infinite one. */
function setDays(values: Float64Array, { bytes, nulls }: Times): boolean {
  const days = new Int32Array(bytes.buffer, bytes.byteOffset, values.length)
  for (const row of nulls) days[row] = 0
  for (let row = 0; row < values.length; row++) {
    if (Math.abs(days[row]!) === 2 ** 31 - 1) return false
    values[row] = days[row]! * 86_400_000
  }
  return true
}

/** Of microseconds, cut to milliseconds when they were stored. False where there is an infinite one. */
function setTimes(values: Float64Array, { bytes, nulls }: Times): boolean {
  const times = new BigInt64Array(bytes.buffer, bytes.byteOffset, values.length)
  const infinite = 2n ** 63n - 1n
  for (const row of nulls) times[row] = 0n
  for (let row = 0; row < values.length; row++) {
    const time = times[row]!
    if (time === infinite || time === -infinite) return false
    values[row] = Number(time / 1000n)
  }
  return true
}
