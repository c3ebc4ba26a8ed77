import type { StartColumn } from '../../core/artifacts.ts'
import type { ColumnSketch } from '../../core/sketch-schema.ts'
import { createRandom, shuffle } from '../../tables/random.ts'
import type { HeldColumns } from './held-columns.ts'
import { quantileAt } from './sketch-quantile.ts'

/**
 * Rows as they may have been in training, by what a model knows of each of its columns alone: even draws from its values,
 * in random order, as if columns had nothing to do with each other. Of texts, the most frequent ones.
 */
export function backgroundRows(
  inputs: readonly StartColumn[],
  sketches: Readonly<Record<string, ColumnSketch>>,
  { rows, seed }: { rows: number; seed: number },
): { columns: HeldColumns; rows: number } {
  const columns = inputs.map((input) => {
    const random = createRandom(seed, `background of ${input.name}`)
    const places = shuffle(
      Float64Array.from({ length: rows }, (_, row) => (row + 0.5) / rows),
      random,
    )
    const draw = drawFrom(sketches[input.name], input.type)
    const drawn = Array.from(places, draw)
    return [
      input.name,
      input.type === 'text'
        ? drawn.map((value) => String(value ?? ''))
        : Float64Array.from(drawn, (value) => (value === null ? Number.NaN : Number(value))),
    ]
  })
  return { columns: Object.fromEntries(columns) as HeldColumns, rows }
}

/** What stands at a share of a column's values, nulls last. */
function drawFrom(
  sketch: ColumnSketch | undefined,
  type: StartColumn['type'],
): (share: number) => number | string | null {
  if (!sketch) return () => null
  const counted = sketch.top.reduce((sum, { count }) => sum + count, 0)
  const isWhole =
    sketch.type === 'text' || (sketch.distinct.isExact && sketch.distinct.count <= sketch.top.length)
  const numbers = sketch.type === 'text' ? null : sketch.numbers
  const values =
    isWhole || !numbers ? counted : numbers.histogram.counts.reduce((sum, count) => sum + count, 0)
  const total = values + sketch.nulls
  return (share) => {
    const place = share * total
    if (total === 0 || place >= values) return null
    if (!isWhole && numbers) {
      const value = quantileAt(numbers, place / values)
      return type === 'number' ? value : Math.round(value)
    }
    let passed = 0
    return sketch.top.find(({ count }) => (passed += count) > place)?.value ?? null
  }
}
