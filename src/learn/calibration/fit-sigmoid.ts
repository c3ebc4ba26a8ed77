import { sumInBlocks } from '../sum-in-blocks.ts'
import type { Calibration } from './calibration.ts'

/** `logOdds` of the positive class, and 1 where a row is of it. */
export interface SigmoidRows {
  logOdds: Float64Array
  positive: Uint8Array
  weights?: Float64Array | undefined
}

const mostSteps = 100
const smallestStep = 1e-12

/**
 * Platt's sigmoid (Probabilistic Outputs for Support Vector Machines, 1999) by Newton's method with halved steps, as Lin,
 * Lin and Weng (A Note on Platt's Probabilistic Outputs, Machine Learning 68, 2007) advise. Targets are kept away from 0
 * and 1 by his rule, so that there is a minimum even where the classes are told apart without an error.
 */
export function fitSigmoid(rows: SigmoidRows): Extract<Calibration, { method: 'sigmoid' }> {
  const targets = targetsOf(rows)
  let point = { slope: 0, intercept: Math.log(targets.odds) }
  let loss = lossAt(rows, targets, point)
  for (let step = 0; step < mostSteps; step++) {
    const direction = newtonDirection(rows, targets, point)
    const size = Math.max(Math.abs(direction.slope), Math.abs(direction.intercept))
    if (size <= smallestStep) break
    const next = search(rows, { targets, point, loss, direction })
    if (!next) break
    ;({ point, loss } = next)
  }
  return { method: 'sigmoid', ...point }
}

interface Point {
  slope: number
  intercept: number
}

interface Targets {
  positive: number
  negative: number
  /** Of the positive class, with one row more on each side. */
  odds: number
}

function targetsOf({ positive, weights }: SigmoidRows): Targets {
  const weightOf = (own: number): number =>
    sumInBlocks(positive.length, (row) => (positive[row] === own ? (weights ? weights[row]! : 1) : 0))
  const [negatives, positives] = [weightOf(0), weightOf(1)]
  return {
    positive: (positives + 1) / (positives + 2),
    negative: 1 / (negatives + 2),
    odds: (positives + 1) / (negatives + 1),
  }
}

function lossAt(rows: SigmoidRows, targets: Targets, { slope, intercept }: Point): number {
  const { logOdds, positive, weights } = rows
  return sumInBlocks(positive.length, (row) => {
    const score = slope * logOdds[row]! + intercept
    const target = positive[row] ? targets.positive : targets.negative
    const loss = Math.log1p(Math.exp(-Math.abs(score))) + Math.max(score, 0) - target * score
    return (weights ? weights[row]! : 1) * loss
  })
}

function newtonDirection(rows: SigmoidRows, targets: Targets, { slope, intercept }: Point): Point {
  const { logOdds, positive, weights } = rows
  // A little more curvature than there is, so that it can be divided by where all log-odds are equal.
  const curvature = { slope: 1e-12, both: 0, intercept: 1e-12 }
  const gradient = { slope: 0, intercept: 0 }
  for (let row = 0; row < positive.length; row++) {
    const value = logOdds[row]!
    const probability = 1 / (1 + Math.exp(-(slope * value + intercept)))
    const weight = weights ? weights[row]! : 1
    const error = weight * (probability - (positive[row] ? targets.positive : targets.negative))
    const bend = weight * probability * (1 - probability)
    gradient.slope += error * value
    gradient.intercept += error
    curvature.slope += bend * value * value
    curvature.both += bend * value
    curvature.intercept += bend
  }
  const determinant = curvature.slope * curvature.intercept - curvature.both ** 2
  return {
    slope: (curvature.both * gradient.intercept - curvature.intercept * gradient.slope) / determinant,
    intercept: (curvature.both * gradient.slope - curvature.slope * gradient.intercept) / determinant,
  }
}

/** The first of ever shorter steps that lowers the loss; null when rounding hides any descent. */
function search(
  rows: SigmoidRows,
  from: { targets: Targets; point: Point; loss: number; direction: Point },
): { point: Point; loss: number } | null {
  const { targets, point, loss, direction } = from
  for (let length = 1; length > 1e-10; length /= 2) {
    const next = {
      slope: point.slope + length * direction.slope,
      intercept: point.intercept + length * direction.intercept,
    }
    const found = lossAt(rows, targets, next)
    if (found < loss) return { point: next, loss: found }
  }
  return null
}
