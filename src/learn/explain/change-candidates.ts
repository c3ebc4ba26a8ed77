import type { StartColumn } from '../../core/artifacts.ts'
import type { ColumnSketch } from '../../core/sketch-schema.ts'

/** A value that a column could have instead, and how far that is. */
export interface Candidate {
  column: string
  value: number | string
  /** In standard deviations of the train rows; 1 for another text, another boolean, or a value where there was none. */
  distance: number
}

const dayMs = 86_400_000

/**
 * Values that a column had in training, other than the one it has: the quantiles of numbers, the most frequent texts. Null
 * distances do not come; a column that nothing is known of has no candidates.
 */
export function candidatesFor(
  { name, type }: StartColumn,
  sketch: ColumnSketch | undefined,
  current: number | string,
): Candidate[] {
  if (!sketch) return []
  if (sketch.type === 'text' || sketch.type === 'boolean' || !sketch.numbers)
    return sketch.top
      .filter(({ value }) => value !== current)
      .map(({ value }) => ({ column: name, value, distance: 1 }))
  const { min, max, quantiles } = sketch.numbers
  const values = new Set([min, ...quantiles, max].map((value) => wholeFor(type, value)))
  values.delete(current as number)
  return [...values]
    .toSorted((a, b) => a - b)
    .map((value) => ({ column: name, value, distance: distanceOf(sketch, current, value) }))
}

export function distanceOf(
  sketch: ColumnSketch | undefined,
  from: number | string,
  to: number | string,
): number {
  if (from === to) return 0
  const isAmount = sketch && sketch.type !== 'text' && sketch.type !== 'boolean'
  if (!isAmount || typeof from !== 'number' || typeof to !== 'number' || Number.isNaN(from)) return 1
  const { sd = null } = sketch.numbers ?? {}
  return sd === null || sd === 0 ? 1 : Math.abs(to - from) / sd
}

/** The nearest value that a column of the type can have. */
export function wholeFor(type: StartColumn['type'], value: number): number {
  switch (type) {
    case 'integer':
    case 'boolean':
    case 'datetime':
      return Math.round(value)
    case 'date':
      return Math.round(value / dayMs) * dayMs
    case 'number':
    case 'text':
      return value
  }
}
