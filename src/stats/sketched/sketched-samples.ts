import type { DriftMethod } from '../../core/drift-methods.ts'
import type { Binning } from '../bins.ts'
import { twoProportionsTest } from '../chi-square.ts'
import { fewValues } from '../choose-drift-method.ts'
import { defaultBinning, type Measured } from '../column-drift.ts'
import type { PreparedColumn } from '../prepared-column.ts'
import { chiSquareUpper, kolmogorovUpper } from '../special/tails.ts'
import { smallestDeviation } from '../wasserstein.ts'
import { boundedDistance, countsOf, estimateOf } from './bounded-distances.ts'
import { sharesInBins, sharesOfValues, type BoundedShares } from './bounded-shares.ts'
import type { Bounded } from './bounded.ts'
import { areaBetween, largestGap } from './compare-ranks.ts'
import { countedValues, type CountedValues } from './counted-values.ts'
import { ranksOf, type RankedNumbers } from './ranked-numbers.ts'

interface Pair<Side> {
  reference: Side
  current: Side
}

/** Two samples of a column of which at least one is known by its sketch. */
export interface SketchedSamples {
  isText: boolean
  /** How many different values there are over both; of numbers, counted up to a few more than matter. */
  distinct: number
  shares(binning: Binning): BoundedShares
  /** What a method finds. Throws a `RangeError` where it does not suit the column. */
  measure(method: DriftMethod): Measured
  /** Texts: the share of current values that the reference does not have; null where its sketch cannot tell. */
  unseen: number | null
}

/** Null when a sample has no value at all. */
export function sketchedSamples(reference: PreparedColumn, current: PreparedColumn): SketchedSamples | null {
  const counts = { reference: countedValues(reference), current: countedValues(current) }
  if (counts.reference.count === 0 || counts.current.count === 0) return null
  const ranks = { reference: ranksOf(reference), current: ranksOf(current) }
  return ranks.reference && ranks.current
    ? numberSamples({ reference: ranks.reference, current: ranks.current }, counts)
    : textSamples(counts)
}

function textSamples(counts: Pair<CountedValues>): SketchedSamples {
  const shares = sharesOfValues(counts.reference, counts.current)
  const distinct = shares.reference.length
  const measured = { shares: () => shares, rows: rowsOf(counts), ranks: null }
  return {
    isText: true,
    distinct,
    shares: () => shares,
    measure: (method) => measure(method, measured),
    unseen: unseenShare(counts),
  }
}

function numberSamples(ranks: Pair<RankedNumbers>, counts: Pair<CountedValues>): SketchedSamples {
  const few = sharesOfFew(counts)
  const shares = (binning: Binning): BoundedShares =>
    few ?? sharesInBins(ranks.reference, ranks.current, binning)
  return {
    isText: false,
    distinct: few ? few.reference.length : fewValues + 1,
    shares,
    measure: (method) => measure(method, { shares, rows: rowsOf(counts), ranks }),
    unseen: null,
  }
}

/** Numbers with few values are counted by value, which loses nothing. */
function sharesOfFew({ reference, current }: Pair<CountedValues>): BoundedShares | null {
  if (!reference.isComplete || !current.isComplete) return null
  if (reference.counts.size > fewValues || current.counts.size > fewValues) return null
  const shares = sharesOfValues(reference, current)
  return shares.reference.length <= fewValues ? shares : null
}

const rowsOf = ({ reference, current }: Pair<CountedValues>): Pair<number> => ({
  reference: reference.count,
  current: current.count,
})

function unseenShare({ reference, current }: Pair<CountedValues>): number | null {
  if (!reference.isComplete || !current.isComplete) return null
  let unseen = 0
  for (const [value, count] of current.counts) if (!reference.counts.has(value)) unseen += count
  return unseen / current.count
}

interface Sketched {
  shares: (binning: Binning) => BoundedShares
  rows: Pair<number>
  ranks: Pair<RankedNumbers> | null
}

function measure(method: DriftMethod, { shares, rows, ranks }: Sketched): Measured {
  switch (method) {
    case 'kolmogorov-smirnov': {
      const { reference, current } = numbersFor(method, ranks)
      const gap = largestGap(reference, current)
      const effective = (rows.reference * rows.current) / (rows.reference + rows.current)
      return { ...measuredAs(gap), pValue: kolmogorovUpper(Math.sqrt(effective) * gap.value) }
    }
    case 'wasserstein': {
      const { reference, current } = numbersFor(method, ranks)
      const { value, low, high } = areaBetween(reference, current)
      const unit = Math.max(reference.deviation ?? Infinity, smallestDeviation)
      return measuredAs({ value: value / unit, low: low / unit, high: high / unit })
    }
    case 'two-proportions':
      return proportions(shares(defaultBinning), rows)
    case 'chi-square': {
      const counted = shares(defaultBinning)
      const statistic = boundedDistance(method, counted, rows)
      const categories = counted.reference.filter(
        ({ value }, bin) => value > 0 || counted.current[bin]!.value > 0,
      ).length
      return {
        ...measuredAs(statistic),
        pValue: categories > 1 ? chiSquareUpper(statistic.value, categories - 1) : 1,
      }
    }
    case 'jensen-shannon':
    case 'population-stability-index':
    case 'kullback-leibler':
    case 'total-variation':
      return measuredAs(boundedDistance(method, shares(defaultBinning), rows))
  }
}

function numbersFor(method: DriftMethod, ranks: Pair<RankedNumbers> | null): Pair<RankedNumbers> {
  if (!ranks) throw new RangeError(`${method} compares numbers, and these are texts`)
  return ranks
}

/** Smaller differences are of rounding. */
const rounding = 1e-12

const measuredAs = ({ value, low, high }: Bounded): Measured => ({
  score: value,
  ...(high - low > rounding && { bounds: { low, high } }),
})

function proportions(shares: BoundedShares, rows: Pair<number>): Measured {
  const { length } = shares.reference
  if (length > 2) throw new RangeError(`two-proportions compares two values, not ${length}`)
  const counts = countsOf(estimateOf(shares), rows)
  const { statistic, pValue } = twoProportionsTest(
    { hits: counts.reference[0]!, rows: rows.reference },
    { hits: counts.current[0]!, rows: rows.current },
  )
  return { score: statistic, pValue }
}
