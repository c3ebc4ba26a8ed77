import type { DriftMethod } from '../../core/drift-methods.ts'
import { chiSquareTest } from '../chi-square.ts'
import type { Shares } from '../counts.ts'
import {
  jensenShannonDistance,
  kullbackLeiblerDivergence,
  populationStabilityIndex,
  smallestShare,
  totalVariationDistance,
} from '../divergences.ts'
import { exactly, type Bounded } from './bounded.ts'
import type { BoundedShares } from './bounded-shares.ts'

type OfShares = Exclude<DriftMethod, 'kolmogorov-smirnov' | 'wasserstein' | 'two-proportions'>

/** What a pair of shares adds to a distance: 0 where they are equal, and more the further they are apart. */
type Term = (before: number, after: number) => number

type Rows = { reference: number; current: number }

/**
 * A distance of shares that are known in bounds. Each term grows with the distance of its two shares, so that the
 * smallest and the largest lie at the nearest and at the furthest ends of their bounds.
 */
export function boundedDistance(method: OfShares, shares: BoundedShares, rows: Rows): Bounded {
  const value = distanceOf(method, estimateOf(shares), rows)
  if (shares.reference.every(isExact) && shares.current.every(isExact)) return exactly(value)
  const { low, high } = boundsOf(method, shares, rows)
  return { value, low: Math.max(0, Math.min(value, low)), high: Math.max(value, high) }
}

const isExact = ({ low, high }: Bounded): boolean => low === high

function distanceOf(method: OfShares, shares: Shares, rows: Rows): number {
  switch (method) {
    case 'population-stability-index':
      return populationStabilityIndex(shares)
    case 'jensen-shannon':
      return jensenShannonDistance(shares)
    case 'kullback-leibler':
      return kullbackLeiblerDivergence(shares)
    case 'total-variation':
      return totalVariationDistance(shares)
    case 'chi-square':
      return chiSquareTest(countsOf(shares, rows)).statistic
  }
}

function boundsOf(method: OfShares, shares: BoundedShares, rows: Rows): { low: number; high: number } {
  switch (method) {
    case 'population-stability-index':
      return sumsOf(shares, stabilityTerm)
    case 'jensen-shannon': {
      const { low, high } = sumsOf(shares, jensenShannonTerm)
      return { low: Math.sqrt(low), high: Math.sqrt(high) }
    }
    case 'kullback-leibler': {
      // The terms sum up to the divergence, but for the share that counts for empty bins.
      const { low, high } = sumsOf(shares, kullbackLeiblerTerm)
      return { low: low - shares.reference.length * smallestShare, high }
    }
    case 'total-variation':
      return sumsOf(shares, (before, after) => Math.abs(after - before) / 2)
    case 'chi-square':
      return sumsOf(shares, (before, after) =>
        before === after ? 0 : (before - after) ** 2 / (before / rows.current + after / rows.reference),
      )
  }
}

/** The shares as they are estimated, summing to 1. */
export function estimateOf({ reference, current }: BoundedShares): {
  reference: number[]
  current: number[]
} {
  return { reference: wholeOf(reference), current: wholeOf(current) }
}

function wholeOf(shares: readonly Bounded[]): number[] {
  const total = shares.reduce((sum, { value }) => sum + value, 0)
  return shares.map(({ value }) => value / total)
}

export const countsOf = (
  { reference, current }: Shares,
  rows: Rows,
): { reference: number[]; current: number[] } => ({
  reference: reference.map((share) => share * rows.reference),
  current: current.map((share) => share * rows.current),
})

function sumsOf({ reference, current }: BoundedShares, term: Term): { low: number; high: number } {
  let [low, high] = [0, 0]
  for (let bin = 0; bin < reference.length; bin++) {
    const [before, after] = [reference[bin]!, current[bin]!]
    if (after.low > before.high) low += term(before.high, after.low)
    else if (before.low > after.high) low += term(before.low, after.high)
    high += Math.max(term(before.low, after.high), term(before.high, after.low))
  }
  return { low, high }
}

const away = (share: number): number => Math.max(share, smallestShare)

const stabilityTerm: Term = (before, after) =>
  (away(after) - away(before)) * Math.log(away(after) / away(before))

const jensenShannonTerm: Term = (before, after) => (towards(before, after) + towards(after, before)) / 2

const towards = (share: number, other: number): number =>
  share === 0 ? 0 : share * Math.log((2 * share) / (share + other))

const kullbackLeiblerTerm: Term = (before, after) =>
  (after === 0 ? 0 : after * Math.log(after / away(before))) - after + away(before)
