import { compareCodePoints } from '../../core/compare-code-points.ts'

/** A column of both samples, row by row: numbers with NaN, or texts with `''`, for no value. */
export interface PooledColumn {
  name: string
  reference: Float64Array | readonly string[]
  current: Float64Array | readonly string[]
}

/** Rows of both samples as a matrix, those of the reference first; texts as codes of categories. */
export interface PooledRows {
  features: readonly string[]
  categorical: readonly string[]
  rows: number
  /** Row-major. */
  data: Float32Array
  /** 1 for current rows. */
  isCurrent: Uint8Array
}

/** More texts than this share one code. */
const mostCodes = 200

export function poolRows(columns: readonly PooledColumn[]): PooledRows {
  const { reference, current } = columns[0]!
  const rows = reference.length + current.length
  const width = columns.length
  const data = new Float32Array(rows * width)
  const categorical: string[] = []
  for (const [place, column] of columns.entries()) {
    const values = numbersOf(column)
    if (values.isCoded) categorical.push(column.name)
    for (let row = 0; row < rows; row++) data[row * width + place] = values.numbers[row]!
  }
  const isCurrent = new Uint8Array(rows).fill(1, reference.length)
  return { features: columns.map(({ name }) => name), categorical, rows, data, isCurrent }
}

function numbersOf({ reference, current }: PooledColumn): { numbers: ArrayLike<number>; isCoded: boolean } {
  if (reference instanceof Float64Array && current instanceof Float64Array) {
    const numbers = new Float64Array(reference.length + current.length)
    numbers.set(reference)
    numbers.set(current, reference.length)
    return { numbers: numbers.map((value) => (Number.isFinite(value) ? value : Number.NaN)), isCoded: false }
  }
  const texts = [...reference, ...current].map(String)
  const codes = codesOf(texts)
  return {
    numbers: texts.map((text) => (text === '' ? Number.NaN : (codes.get(text) ?? mostCodes))),
    isCoded: true,
  }
}

/** Of the most frequent texts of both samples. */
function codesOf(texts: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const text of texts) if (text !== '') counts.set(text, (counts.get(text) ?? 0) + 1)
  const ordered = [...counts].toSorted((a, b) => b[1] - a[1] || compareCodePoints(a[0], b[0]))
  return new Map(ordered.slice(0, mostCodes).map(([text], code) => [text, code]))
}
