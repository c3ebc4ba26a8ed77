import { isDriftTest, type DriftDistance, type DriftMethod, type DriftTest } from '../core/drift-methods.ts'
import type { Binning } from './bins.ts'
import { chiSquareTest, twoProportionsTest } from './chi-square.ts'
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

export interface ColumnDrift {
  method: DriftMethod
  /** The statistic of a test, or the distance. */
  score: number
  /** Of a test. */
  pValue?: number
  /** Of a test: drift below it. Of a distance: drift from it on. */
  threshold: number
  drifted: boolean
}

const defaultBinning: Binning = { by: 'quantile', count: 10 }

/**
 * How far a column of the current sample is from that of the reference, by the given method or the one that suits type,
 * values and rows. Thresholds are 0.05 and 0.1. Throws a `RangeError` where the method does not suit the column.
 */
export function measureColumnDrift(
  samples: ColumnSamples,
  options: {
    referenceRows: number
    method?: DriftMethod
    significance?: number
    distanceLimit?: number
    binning?: Binning
  },
): ColumnDrift {
  const method = options.method ?? methodFor(samples, options.referenceRows)
  if (isDriftTest(method)) {
    const { statistic: score, pValue } = testOutcome(method, samples, options.binning ?? defaultBinning)
    const threshold = options.significance ?? 0.05
    return { method, score, pValue, threshold, drifted: pValue < threshold }
  }
  const score = distanceOf(method, samples, options.binning ?? defaultBinning)
  const threshold = options.distanceLimit ?? 0.1
  return { method, score, threshold, drifted: score >= threshold }
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
