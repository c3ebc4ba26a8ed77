import type { Random } from '../../tables/random.ts'

/** The values that a parameter may take. */
export type Dimension =
  | { type: 'number' | 'integer'; low: number; high: number; scale: 'linear' | 'log' }
  | { type: 'choice'; values: readonly ParameterValue[] }
export type ParameterValue = string | number | boolean

/** By the names of the parameters. */
export type SearchSpace = ReadonlyMap<string, Dimension>
export type Point = Readonly<Record<string, ParameterValue>>

/** Where a value stands between the ends of its dimension, 0 … 1, on its scale; of a choice its index. */
export function placeOf(dimension: Dimension, value: ParameterValue): number {
  if (dimension.type === 'choice') return dimension.values.indexOf(value)
  const { low, high, scale } = dimension
  if (low === high) return 0
  return scale === 'log'
    ? Math.log(Number(value) / low) / Math.log(high / low)
    : (Number(value) - low) / (high - low)
}

/** The value at a place; outside 0 … 1 it is that of the nearest end. */
export function valueAt(dimension: Dimension, place: number): ParameterValue {
  if (dimension.type === 'choice') return dimension.values[place]!
  const { low, high, scale, type } = dimension
  const inside = Math.min(1, Math.max(0, place))
  const value = scale === 'log' ? low * (high / low) ** inside : low + inside * (high - low)
  const rounded = type === 'integer' ? Math.round(value) : readable(value)
  return Math.min(high, Math.max(low, rounded))
}

/** Six digits are more than a parameter needs, and look better in a report. */
const readable = (value: number): number => Number(value.toPrecision(6))

/** A point anywhere in the space, all places being equally likely. */
export function randomPoint(space: SearchSpace, random: Random): Point {
  return Object.fromEntries(
    [...space].map(([name, dimension]) => [
      name,
      valueAt(dimension, dimension.type === 'choice' ? random.below(dimension.values.length) : random.unit()),
    ]),
  )
}
