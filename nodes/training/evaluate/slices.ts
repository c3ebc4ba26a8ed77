import type { TableData } from '../../../src/core/artifacts.ts'
import { columnNamed, type RowScope } from '../../../src/core/columns.ts'
import type { Metrics } from '../../../src/learn/metrics/bootstrap.ts'
import type { RunContext } from '../../../src/node-kit/run-context.ts'
import { readColumns } from '../../../src/recipe/read-columns.ts'
import type { TrueAnswers } from '../true-answers.ts'

/** Rows that have the same value in a column, or one in the same range. */
export interface Slice {
  column: string
  /** A text, or a range of numbers; null for rows without a value. */
  value: string | { from: number; to: number } | null
  /** Their places among the rows with a true answer. */
  rows: Uint32Array
}

/** What a model comes to on a slice. */
export interface MeasuredSlice {
  column: string
  value: Slice['value']
  count: number
  metrics: Record<string, number>
}

const mostValues = 20
const ranges = 4

/** The slices of some columns, with at least so many rows each: of texts the 20 most frequent, of numbers quarters of the rows. */
export async function slicesOf(
  context: RunContext,
  table: TableData,
  options: { columns: readonly string[]; answers: TrueAnswers; rows: RowScope; fewestRows: number },
): Promise<Slice[]> {
  const { columns, answers, rows, fewestRows } = options
  const found: Slice[] = []
  for (const column of columns) {
    context.signal.throwIfAborted()
    const values = await valuesOf(context, table, { column, answers, rows })
    const isText = columnNamed(table, column)!.type === 'text'
    const slices = isText ? textSlices(column, values as string[]) : numberSlices(column, values as number[])
    found.push(...slices.filter((slice) => slice.rows.length >= fewestRows))
  }
  return found
}

export function measuredSlice({ column, value, rows }: Slice, metrics: Metrics): MeasuredSlice {
  const defined = Object.entries(metrics).flatMap(([name, metric]) =>
    metric.value === null ? [] : [[name, metric.value] as const],
  )
  return { column, value, count: rows.length, metrics: Object.fromEntries(defined) }
}

async function valuesOf(
  context: RunContext,
  table: TableData,
  { column, answers, rows }: { column: string; answers: TrueAnswers; rows: RowScope },
): Promise<(string | number)[]> {
  const all: (string | number)[] = []
  for await (const chunk of readColumns(context, table, { columns: [column], rows }))
    for (const value of chunk.columns[column]!) all.push(value)
  return Array.from(answers.kept, (row) => all[row]!)
}

function textSlices(column: string, values: readonly string[]): Slice[] {
  const byValue = rowsBy(values)
  return [...byValue]
    .toSorted(([a, rowsA], [b, rowsB]) => rowsB.length - rowsA.length || (a < b ? -1 : 1))
    .slice(0, mostValues)
    .map(([value, rows]) => ({ column, value: value === '' ? null : value, rows: Uint32Array.from(rows) }))
}

function numberSlices(column: string, values: readonly number[]): Slice[] {
  const byRange = rowsBy(values.map(rangeFinder(values)))
  return [...byRange]
    .toSorted(([a], [b]) => a - b)
    .map(([, rows]): Slice => {
      const own = rows.map((row) => values[row]!)
      const value = Number.isNaN(own[0]) ? null : { from: lowest(own), to: highest(own) }
      return { column, value, rows: Uint32Array.from(rows) }
    })
}

/** In which quarter a number lies: equal numbers in the same one, those without a value in one of their own. */
function rangeFinder(values: readonly number[]): (value: number) => number {
  const sorted = Float64Array.from(values.filter((value) => !Number.isNaN(value))).sort()
  const bounds = Array.from(
    { length: ranges - 1 },
    (_, index) => sorted[Math.floor(((index + 1) * sorted.length) / ranges)]!,
  )
  return (value) => (Number.isNaN(value) ? ranges : bounds.filter((bound) => value >= bound).length)
}

function rowsBy<Key>(keys: readonly Key[]): Map<Key, number[]> {
  const groups = new Map<Key, number[]>()
  for (const [row, key] of keys.entries()) {
    const group = groups.get(key)
    if (group) group.push(row)
    else groups.set(key, [row])
  }
  return groups
}

const lowest = (values: readonly number[]): number => values.reduce((a, b) => Math.min(a, b))
const highest = (values: readonly number[]): number => values.reduce((a, b) => Math.max(a, b))
