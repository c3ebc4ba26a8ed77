import type { StartColumn } from '../core/artifacts.ts'
import type { CodedChunk, CodedTexts } from './coded-texts.ts'

export type StreamedColumn = Pick<StartColumn, 'name' | 'type'>
/** A chunk of a stream of rows; `firstRow` counts the rows of the stream before it. */
export type StreamedCodes = CodedChunk & { firstRow: number }

/** Rows where they are read from, columns in order. Valid until the next part. */
export interface Part {
  rows: number
  values: readonly (Float64Array | CodedTexts)[]
}

/** Numbers of rows of a part, ascending. */
export type Picked = Uint16Array

/** Puts rows of parts together to chunks of one size. */
export class ChunkBuilder {
  rows = 0
  readonly #columns: readonly StreamedColumn[]
  readonly #chunkRows: number
  #values: (Float64Array | CodedTexts)[]
  #firstRow = 0

  constructor(columns: readonly StreamedColumn[], chunkRows: number) {
    this.#columns = columns
    this.#chunkRows = chunkRows
    this.#values = this.#emptyValues()
  }

  get isFull(): boolean {
    return this.rows === this.#chunkRows
  }

  /** Takes as many of the picked rows as there is room for; returns how many. */
  take(part: Part, picked: Picked): number {
    const count = Math.min(picked.length, this.#chunkRows - this.rows)
    const place = { picked, count, at: this.rows }
    for (let column = 0; column < part.values.length; column++) {
      const source = part.values[column]!
      const target = this.#values[column]!
      if (source instanceof Float64Array) copyValues(source, target as Float64Array, place)
      else {
        ;(target as CodedTexts).texts = source.texts
        copyValues(source.codes, (target as CodedTexts).codes, place)
      }
    }
    this.rows += count
    return count
  }

  flush(): StreamedCodes {
    const { rows } = this
    const columns = Object.create(null) as CodedChunk['columns']
    for (const [index, { name }] of this.#columns.entries())
      columns[name] = shortened(this.#values[index]!, rows)
    const chunk = { rows, columns, firstRow: this.#firstRow }
    this.#firstRow += rows
    this.rows = 0
    this.#values = this.#emptyValues()
    return chunk
  }

  #emptyValues(): (Float64Array | CodedTexts)[] {
    return this.#columns.map(({ type }) =>
      type === 'text'
        ? { codes: new Uint32Array(this.#chunkRows), texts: [] }
        : new Float64Array(this.#chunkRows),
    )
  }
}

function shortened(column: Float64Array | CodedTexts, rows: number): Float64Array | CodedTexts {
  if (column instanceof Float64Array) return column.length === rows ? column : column.slice(0, rows)
  return column.codes.length === rows ? column : { ...column, codes: column.codes.slice(0, rows) }
}

function copyValues<Values extends Float64Array | Uint32Array>(
  source: Values,
  target: Values,
  { picked, count, at }: { picked: Picked; count: number; at: number },
): void {
  if (count === 0) return
  const first = picked[0]!
  if (picked[count - 1] === first + count - 1) target.set(source.subarray(first, first + count), at)
  else for (let index = 0; index < count; index++) target[at + index] = source[picked[index]!]!
}
