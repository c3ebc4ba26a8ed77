import { apportion, type ByPart } from './apportion.ts'
import { splitError } from './split-errors.ts'

/**
 * The lowest values into train, then validation, then test. Rows with equal values stay together: a cut that would
 * divide them goes to the nearer end of them (the lower one when both are equally near), but never so that a part with
 * a share stays empty.
 */
export function splitByOrder(options: {
  values: Float64Array | readonly string[] | null
  rows: number
  shares: ByPart
}): Uint8Array {
  const { values, rows, shares } = options
  const order = values ? rowsInOrder(values) : Uint32Array.from({ length: rows }, (_, row) => row)
  const starts = runStarts(order, values)
  const parts = [0, 1, 2].filter((part) => shares[part]! > 0)
  if (rows > 0 && starts.length < parts.length) {
    throw splitError('too-few-values', { values: starts.length, parts: parts.length })
  }
  const wanted = apportion(rows, shares)
  const result = new Uint8Array(rows)
  let cut = 0
  let run = 0
  for (const [index, part] of parts.entries()) {
    const from = run === 0 ? 0 : starts[run]!
    cut += wanted[part]!
    const partsLeft = parts.length - index - 1
    run =
      partsLeft === 0
        ? starts.length
        : nearestRun(starts, cut, { from: run + 1, to: starts.length - partsLeft })
    const to = run < starts.length ? starts[run]! : rows
    for (let position = from; position < to; position++) result[order[position]!] = part
  }
  return result
}

function rowsInOrder(values: Float64Array | readonly string[]): Uint32Array {
  let nulls = 0
  for (const value of values) if (value === '' || Number.isNaN(value)) nulls++
  if (nulls > 0) throw splitError('no-order', { count: nulls })
  const order = Uint32Array.from({ length: values.length }, (_, row) => row)
  return values instanceof Float64Array
    ? order.sort((a, b) => values[a]! - values[b]! || a - b)
    : order.sort((a, b) => (values[a]! < values[b]! ? -1 : values[a]! > values[b]! ? 1 : a - b))
}

/** Positions in the order at which a new value starts; the first is 0. */
function runStarts(order: Uint32Array, values: Float64Array | readonly string[] | null): number[] {
  const starts: number[] = []
  for (let position = 0; position < order.length; position++) {
    if (position === 0 || !values || values[order[position]!] !== values[order[position - 1]!]) {
      starts.push(position)
    }
  }
  return starts
}

/** The run, of those from `from` to `to`, that starts nearest to a position. */
function nearestRun(
  starts: readonly number[],
  position: number,
  range: { from: number; to: number },
): number {
  let best = range.from
  for (let run = range.from; run <= range.to; run++) {
    if (Math.abs(starts[run]! - position) < Math.abs(starts[best]! - position)) best = run
  }
  return best
}
