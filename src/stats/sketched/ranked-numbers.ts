import type { ColumnSketch } from '../../core/sketch-schema.ts'
import { sketchShares } from '../../core/sketch-shares.ts'
import { firstAtLeast } from '../first-at-least.ts'
import type { PreparedColumn } from '../prepared-column.ts'
import { exactly, type Bounded } from './bounded.ts'

type NumericSketch = Extract<ColumnSketch, { numbers: unknown }>

/** Shares of the numbers, one for each value: as estimated, and the bounds that they lie between. */
interface Ranks {
  value: Float64Array
  low: Float64Array
  high: Float64Array
}

/** What is known of the distribution of finite numbers. */
export interface RankedNumbers {
  count: number
  mean: number | null
  /** Of the population. */
  deviation: number | null
  /** Different ones, ascending, the least and the largest of all among them. */
  values: Float64Array
  /** Which share is smaller than each of them. */
  below: Ranks
  /** Which share is at most each of them. */
  upTo: Ranks
}

const nothing = exactly(0)
const all = exactly(1)

/** Of a sketch without fine ranks that is not exact: what all its quantiles keep together in 99 of 100 cases. */
const coarseError = 0.0028

/** Null for texts, and where there is no finite number. */
export function ranksOf(column: PreparedColumn): RankedNumbers | null {
  if ('texts' in column) return null
  if ('numbers' in column) return column.numbers.length === 0 ? null : ranksOfSorted(column.numbers)
  return column.sketch.type === 'text' ? null : ranksOfSketch(column.sketch, column.rows)
}

function ranksOfSketch(sketch: NumericSketch, rows: number): RankedNumbers | null {
  const { numbers, distinct, top, nulls, infinite } = sketch
  if (!numbers) return null
  const count = rows - nulls - infinite
  const { min, max, mean, sd } = numbers
  const deviation = sd === null ? null : sd * Math.sqrt((count - 1) / count)
  const known = { count, mean, deviation }
  const counted = new Map(top.map((each) => [Number(each.value), each.count]))
  if (distinct.isExact && distinct.count === top.length) return { ...known, ...ranksOfCounts(counted, count) }
  const { values, error } = numbers.ranks ?? {
    values: null,
    error: numbers.isExact ? 0 : coarseError,
  }
  const quantiles = values ?? [min, ...numbers.quantiles, max]
  const shares = values ? values.map((_, place) => place / (values.length - 1)) : [0, ...sketchShares, 1]
  const rarest = top.at(-1)?.count ?? count
  const mostAt = (value: number): number => ((counted.get(value) ?? rarest) + sketch.topMissed) / count
  return { ...known, ...ranksOfQuantiles(quantiles, { shares, error, mostAt }) }
}

type Distribution = Pick<RankedNumbers, 'values' | 'below' | 'upTo'>

function ranksOfCounts(counts: ReadonlyMap<number, number>, total: number): Distribution {
  const values = Float64Array.from(counts.keys()).sort()
  const below = new Float64Array(values.length)
  const upTo = new Float64Array(values.length)
  let seen = 0
  for (let place = 0; place < values.length; place++) {
    below[place] = seen / total
    seen += counts.get(values[place]!)!
    upTo[place] = seen / total
  }
  return { values, below: asKnown(below), upTo: asKnown(upTo) }
}

/** Of ascending numbers: all ranks are known. */
function ranksOfSorted(sorted: Float64Array): RankedNumbers {
  const count = sorted.length
  const values = new Float64Array(count)
  const below = new Float64Array(count)
  const upTo = new Float64Array(count)
  let [different, sum] = [0, 0]
  for (let start = 0; start < count;) {
    let end = start + 1
    while (end < count && sorted[end] === sorted[start]) end++
    values[different] = sorted[start]!
    below[different] = start / count
    upTo[different++] = end / count
    sum += sorted[start]! * (end - start)
    start = end
  }
  const mean = sum / count
  let squares = 0
  for (let index = 0; index < count; index++) squares += (sorted[index]! - mean) ** 2
  return {
    count,
    mean: Number.isFinite(mean) ? mean : null,
    deviation: Number.isFinite(squares) ? Math.sqrt(squares / count) : null,
    values: values.subarray(0, different),
    below: asKnown(below.subarray(0, different)),
    upTo: asKnown(upTo.subarray(0, different)),
  }
}

const asKnown = (shares: Float64Array): Ranks => ({ value: shares, low: shares, high: shares })

/**
 * A quantile of share s is the smallest number up to which a share of s lies, so that less than s lies below it. Both are
 * off by the error, and how much lies at the number itself is known to be no more than `mostAt`.
 */
function ranksOfQuantiles(
  quantiles: readonly number[],
  { shares, error, mostAt }: { shares: readonly number[]; error: number; mostAt: (value: number) => number },
): Distribution {
  const most = quantiles.length
  const values = new Float64Array(most)
  const [below, upTo] = [emptyRanks(most), emptyRanks(most)]
  let count = 0
  for (let first = 0; first < most; count++) {
    const value = quantiles[first]!
    let last = first
    while (last + 1 < most && quantiles[last + 1] === value) last++
    const [from, to] = [shares[first]!, shares[last]!]
    const own = mostAt(value)
    values[count] = value
    if (first > 0) {
      below.value[count] = from
      below.low[count] = Math.max(0, Math.max(shares[first - 1]!, to - own) - error)
      below.high[count] = Math.min(1, from + error)
    }
    const isLast = last === most - 1
    upTo.value[count] = isLast ? 1 : to
    upTo.low[count] = isLast ? 1 : Math.max(0, to - error)
    upTo.high[count] = isLast ? 1 : Math.min(1, Math.max(to, Math.min(shares[last + 1]!, from + own) + error))
    first = last + 1
  }
  return {
    values: values.subarray(0, count),
    below: firstRanks(below, count),
    upTo: firstRanks(upTo, count),
  }
}

const emptyRanks = (count: number): Ranks => ({
  value: new Float64Array(count),
  low: new Float64Array(count),
  high: new Float64Array(count),
})

const firstRanks = ({ value, low, high }: Ranks, count: number): Ranks => ({
  value: value.subarray(0, count),
  low: low.subarray(0, count),
  high: high.subarray(0, count),
})

/** The share of the numbers that are smaller than a value. */
export function rankBelow(numbers: RankedNumbers, value: number): Bounded {
  const place = firstAtLeast(numbers.values, value)
  return numbers.values[place] === value ? rankAt(numbers.below, place) : rankBefore(numbers, place, value)
}

/** The share of the numbers that are smaller than a value between the one before a place and that at the place. */
export function rankBefore({ values, below, upTo }: RankedNumbers, place: number, value: number): Bounded {
  if (place === 0) return nothing
  if (place === values.length) return all
  // A line from the one to the other; halves, because the widest range of numbers is no number.
  const [from, to] = [values[place - 1]! / 2, values[place]! / 2]
  const start = upTo.value[place - 1]!
  return {
    value: start + (below.value[place]! - start) * ((value / 2 - from) / (to - from)),
    low: upTo.low[place - 1]!,
    high: below.high[place]!,
  }
}

export const rankAt = ({ value, low, high }: RankedNumbers['below'], place: number): Bounded => ({
  value: value[place]!,
  low: low[place]!,
  high: high[place]!,
})
