import { thresholdCandidates, type ThresholdCandidates } from '../threshold-candidates.ts'
import { metricOf, type ThresholdCounts } from '../threshold-outcome.ts'
import type { ScoredRows } from './measured-rows.ts'
import type { ScoreSteps } from './score-steps.ts'
import { keptPoints } from './thin-curve.ts'

/** What a row costs by what it is and what it is answered with; a gain is below 0. */
export type CostMatrix = Readonly<Record<keyof ThresholdCounts, number>>

/** One entry a threshold that can make a difference, the highest first. */
export interface ThresholdTable extends Record<keyof ThresholdCounts, number[]> {
  thresholds: number[]
  precision: number[]
  recall: number[]
  f1: number[]
  accuracy: number[]
  /** The mean cost of a row. */
  cost: number[]
}

export interface CheapestThreshold {
  threshold: number
  /** The mean cost of a row. */
  cost: number
}

/**
 * What comes of thresholds, at most so many, evenly spread over their number; and the cheapest of all: of equally cheap ones
 * the nearest to one half.
 */
export function thresholdTable(
  rows: ScoredRows,
  costs: CostMatrix,
  { points = Infinity, steps }: { points?: number; steps?: ScoreSteps } = {},
): { table: ThresholdTable; cheapest: CheapestThreshold } {
  const { thresholds, countsAt } = thresholdCandidates(rows, steps)
  const shown = keptPoints(thresholds.length, points)
  const counts = shown.map(countsAt)
  const column = (name: keyof ThresholdCounts): number[] => counts.map((each) => each[name])
  const metric = (name: Parameters<typeof metricOf>[0]): number[] =>
    counts.map((each) => metricOf(name, each))
  return {
    table: {
      thresholds: shown.map((index) => thresholds[index]!),
      truePositives: column('truePositives'),
      falsePositives: column('falsePositives'),
      trueNegatives: column('trueNegatives'),
      falseNegatives: column('falseNegatives'),
      precision: metric('precision'),
      recall: metric('recall'),
      f1: metric('f1'),
      accuracy: metric('accuracy'),
      cost: counts.map((each) => meanCost(each, costs)),
    },
    cheapest: cheapestOf({ thresholds, countsAt }, costs),
  }
}

function cheapestOf({ thresholds, countsAt }: ThresholdCandidates, costs: CostMatrix): CheapestThreshold {
  let threshold = thresholds[0]!
  let cost = meanCost(countsAt(0), costs)
  for (let index = 1; index < thresholds.length; index++) {
    const own = meanCost(countsAt(index), costs)
    const isNearer = distance(thresholds[index]!) < distance(threshold)
    if (own < cost || (own === cost && isNearer)) {
      threshold = thresholds[index]!
      cost = own
    }
  }
  return { threshold, cost }
}

/** What a row costs on average; 0 where there are none. */
export function meanCost(counts: ThresholdCounts, costs: CostMatrix): number {
  const { truePositives, falsePositives, trueNegatives, falseNegatives } = counts
  const rows = truePositives + falsePositives + trueNegatives + falseNegatives
  const sum =
    costs.truePositives * truePositives +
    costs.falsePositives * falsePositives +
    costs.trueNegatives * trueNegatives +
    costs.falseNegatives * falseNegatives
  return rows > 0 ? sum / rows : 0
}

const distance = (threshold: number): number => Math.abs(threshold - 0.5)
