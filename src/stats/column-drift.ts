import { isDriftTest, type DriftDistance, type DriftMethod, type DriftTest } from '../core/drift-methods.ts'
import type { Binning } from './bins.ts'
import { chiSquareTest, twoProportionsTest } from './chi-square.ts'
import { chanceOfDifference } from './chance-of-difference.ts'
import { chooseDriftMethod } from './choose-drift-method.ts'
import type { ColumnSamples } from './column-samples.ts'
import { sharesOf, totalOf, type Counts } from './counts.ts'
import {
  jensenShannonDistance,
  kullbackLeiblerDivergence,
  populationStabilityIndex,
  totalVariationDistance,
} from './divergences.ts'
import { kolmogorovSmirnov } from './kolmogorov-smirnov.ts'
import type { TestOutcome } from './test-outcome.ts'
import { normedWassersteinDistance } from './wasserstein.ts'

/** What a method found. */
export interface Measured {
  /** The statistic of a test, or the distance. */
  score: number
  /** Of a test. */
  pValue?: number
  /** Where it is estimated from sketches: in 99 of 100 cases the score of the rows lies between. */
  bounds?: { low: number; high: number }
}

export interface ColumnDrift extends Measured {
  method: DriftMethod
  /** Of a test: drift below it. Of a distance: drift from it on. */
  threshold: number
  drifted: boolean
  /** A distance from its limit on that does not count, since samples of one distribution may well differ so much. */
  byChance?: true
}

interface Limits {
  significance?: number
  distanceLimit?: number
  /** A distance counts as drift only where chance makes one like it less often than this; always, when absent. */
  mostChance?: number
}

export const defaultBinning: Binning = { by: 'quantile', count: 10 }

/**
 * How far a column of the current sample is from that of the reference, by the given method or the one that suits type,
 * values and rows. Thresholds are 0.05 and 0.1. Throws a `RangeError` where the method does not suit the column.
 */
export function measureColumnDrift(
  samples: ColumnSamples,
  options: Limits & { referenceRows: number; method?: DriftMethod; binning?: Binning },
): ColumnDrift {
  const method = options.method ?? methodFor(samples, options.referenceRows)
  const measured = measureSamples(samples, method, options.binning)
  return judgeMeasured(method, measured, { ...options, chance: () => chanceOfDifference(samples) })
}

/** Whether what a method found is drift; `chance` tells how likely samples of one distribution differ so much. */
export function judgeMeasured(
  method: DriftMethod,
  measured: Measured,
  { significance = 0.05, distanceLimit = 0.1, mostChance, chance }: Limits & { chance: () => number },
): ColumnDrift {
  const { score, pValue } = measured
  if (pValue !== undefined)
    return { method, ...measured, threshold: significance, drifted: pValue < significance }
  const judged = { method, ...measured, threshold: distanceLimit }
  if (score < distanceLimit) return { ...judged, drifted: false }
  return mostChance === undefined || chance() < mostChance
    ? { ...judged, drifted: true }
    : { ...judged, drifted: false, byChance: true }
}

/** What a method finds. Throws a `RangeError` where it does not suit the column. */
export function measureSamples(
  samples: ColumnSamples,
  method: DriftMethod,
  binning: Binning = defaultBinning,
): Measured {
  if (!isDriftTest(method)) return { score: distanceOf(method, samples, binning) }
  const { statistic, pValue } = testOutcome(method, samples, binning)
  return { score: statistic, pValue }
}

const methodFor = ({ numbers, distinct }: ColumnSamples, referenceRows: number): DriftMethod =>
  chooseDriftMethod({ isText: numbers === null, distinct, referenceRows })

function testOutcome(method: DriftTest, samples: ColumnSamples, binning: Binning): TestOutcome {
  switch (method) {
    case 'kolmogorov-smirnov': {
      const { reference, current } = numbersOf(samples, method)
      return kolmogorovSmirnov(reference, current)
    }
    case 'chi-square':
      return chiSquareTest(samples.counts(binning))
    case 'two-proportions':
      return proportionsTest(samples.counts(binning))
  }
}

function distanceOf(method: DriftDistance, samples: ColumnSamples, binning: Binning): number {
  const shares = () => sharesOf(samples.counts(binning))
  switch (method) {
    case 'wasserstein': {
      const { reference, current } = numbersOf(samples, method)
      return normedWassersteinDistance(reference, current)
    }
    case 'jensen-shannon':
      return jensenShannonDistance(shares())
    case 'population-stability-index':
      return populationStabilityIndex(shares())
    case 'kullback-leibler':
      return kullbackLeiblerDivergence(shares())
    case 'total-variation':
      return totalVariationDistance(shares())
  }
}

function numbersOf({ numbers }: ColumnSamples, method: DriftMethod): NonNullable<ColumnSamples['numbers']> {
  if (!numbers) throw new RangeError(`${method} compares numbers, and these are texts`)
  return numbers
}

function proportionsTest({ reference, current }: Counts): TestOutcome {
  if (reference.length > 2)
    throw new RangeError(`two-proportions compares two values, not ${reference.length}`)
  return twoProportionsTest(
    { hits: reference[0]!, rows: totalOf(reference) },
    { hits: current[0]!, rows: totalOf(current) },
  )
}
