import type { ColumnSketch, Sketch } from '../../src/core/sketch-schema.ts'

export interface ColumnDifference {
  name: string
  before: ColumnSketch | null
  after: ColumnSketch | null
  /** Shares of the rows without a value. */
  missing: { before: number | null; after: number | null }
  /** Of numbers and times: between the quantiles, as a share of the range before; null where it cannot be told. */
  shift: number | null
}

/** How the columns of two tables differ by their sketches, those that differ most first. */
export function compareSketches(before: Sketch, after: Sketch): readonly ColumnDifference[] {
  const names = [...new Set([...before.columns, ...after.columns].map(({ name }) => name))]
  const differences = names.map((name): ColumnDifference => {
    const was = before.columns.find((column) => column.name === name) ?? null
    const is = after.columns.find((column) => column.name === name) ?? null
    return {
      name,
      before: was,
      after: is,
      missing: { before: missingShare(was, before.rows), after: missingShare(is, after.rows) },
      shift: was && is ? shiftOf(was, is) : null,
    }
  })
  return differences.filter(differs).toSorted((a, b) => weightOf(b) - weightOf(a))
}

const missingShare = (column: ColumnSketch | null, rows: number): number | null =>
  column === null || rows === 0 ? null : column.nulls / rows

/** The mean distance of the quantiles, as a share of the range of the values before. */
function shiftOf(before: ColumnSketch, after: ColumnSketch): number | null {
  if (!('numbers' in before) || !('numbers' in after) || !before.numbers || !after.numbers) return null
  const range = before.numbers.max - before.numbers.min
  const { quantiles } = after.numbers
  const distances = before.numbers.quantiles.map((value, index) => Math.abs(value - quantiles[index]!))
  const mean = distances.reduce((sum, distance) => sum + distance, 0) / distances.length
  return range > 0 ? mean / range : mean === 0 ? 0 : null
}

const differs = ({ before, after }: ColumnDifference): boolean =>
  JSON.stringify(before) !== JSON.stringify(after)

function weightOf({ before, after, missing, shift }: ColumnDifference): number {
  if (!before || !after) return 2
  return (shift ?? 0) + Math.abs((missing.after ?? 0) - (missing.before ?? 0))
}
