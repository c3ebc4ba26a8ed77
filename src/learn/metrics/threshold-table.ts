import { thresholdCandidates } from '../threshold-candidates.ts'
import { metricOf, type ThresholdCounts } from '../threshold-outcome.ts'
import type { ScoredRows } from './measured-rows.ts'

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

/** What comes of each threshold, and the cheapest one: of equally cheap ones the nearest to one half. */
export function thresholdTable(
  rows: ScoredRows,
  costs: CostMatrix,
): { table: ThresholdTable; cheapest: CheapestThreshold } {
  const { thresholds, countsAt } = thresholdCandidates(rows)
  const counts = Array.from(thresholds.keys(), countsAt)
  const column = (name: keyof ThresholdCounts): number[] => counts.map((each) => each[name])
  const metric = (name: Parameters<typeof metricOf>[0]): number[] =>
    counts.map((each) => metricOf(name, each))
  const cost = counts.map((each) => meanCost(each, costs))
  const least = cost.reduce((best, value, index) => {
    if (value !== cost[best]!) return value < cost[best]! ? index : best
    return distance(thresholds[index]!) < distance(thresholds[best]!) ? index : best
  }, 0)
  return {
    table: {
      thresholds: [...thresholds],
      truePositives: column('truePositives'),
      falsePositives: column('falsePositives'),
      trueNegatives: column('trueNegatives'),
      falseNegatives: column('falseNegatives'),
      precision: metric('precision'),
      recall: metric('recall'),
      f1: metric('f1'),
      accuracy: metric('accuracy'),
      cost,
    },
    cheapest: { threshold: thresholds[least]!, cost: cost[least]! },
  }
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
