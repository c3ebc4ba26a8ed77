import type { LossKind } from '../histogram-trees/loss-kind.ts'
import { weightedQuantileOf } from '../histogram-trees/quantile-of.ts'
import { learnError } from '../errors.ts'
import type { LearningPart, LearningTable } from '../learner.ts'
import { sumInBlocks } from '../sum-in-blocks.ts'
import type { BoostingParameters } from './boosting-parameters.ts'
import type { Link } from './trees-model.ts'

/** Keeps log-odds finite where weights leave a class without any. */
const leastShare = 1e-9

/** The target as boosting sees it: what is lowered, where scores start, and a number a row. */
export interface BoostingTarget {
  loss: LossKind
  link: Link
  bases: readonly number[]
  /** As in the names of metrics. */
  metric: string
  /** The metric from the sum of the weighted losses. */
  metricOf(part: LearningPart, lossSum: number): number
  totalWeight(part: LearningPart): number
  /** What rows of a part aim at, as their loss takes it. */
  fill(part: LearningPart, targets: Float32Array): void
}

/** Throws where the loss or the rules do not fit the target. */
export function boostingTarget(table: LearningTable, parameters: BoostingParameters): BoostingTarget {
  const weights = totalWeights(table)
  const { increasing = [], decreasing = [] } = parameters
  if (table.target.task === 'multiclass' && increasing.length + decreasing.length > 0) {
    const { column, classes: labels } = table.target
    throw learnError('ordered-classes', { column, count: labels.length })
  }
  return table.target.task === 'regression'
    ? amounts(table, { ...parameters, weights })
    : classes(table, weights)
}

type Weights = Readonly<Record<LearningPart, number>>

function totalWeights({ weights, rows }: LearningTable): Weights {
  const totalOf = (part: LearningPart): number =>
    weights ? sumInBlocks(rows[part], (row) => weights[part][row]!) : rows[part]
  return { train: totalOf('train'), validation: totalOf('validation') }
}

function classes(table: LearningTable, weights: Weights): BoostingTarget {
  const { target } = table
  if (target.task === 'regression') throw new TypeError('the target has no classes')
  const { codes } = target
  const shares = target.classes.map((_, code) => {
    const sum = sumInBlocks(table.rows.train, (row) => (codes.train[row] === code ? weightOf(table, row) : 0))
    return Math.min(Math.max(sum / weights.train, leastShare), 1 - leastShare)
  })
  const isBinary = shares.length === 2
  return {
    loss: isBinary ? { name: 'logistic' } : { name: 'softmax', classes: shares.length },
    link: isBinary ? 'logit' : 'softmax',
    bases: isBinary
      ? [Math.fround(Math.log(shares[1]! / (1 - shares[1]!)))]
      : shares.map((share) => Math.fround(Math.log(share))),
    metric: 'log_loss',
    totalWeight: (part) => weights[part],
    metricOf: (part, lossSum) => lossSum / weights[part],
    fill: (part, targets) => targets.set(codes[part]),
  }
}

function amounts(table: LearningTable, options: BoostingParameters & { weights: Weights }): BoostingTarget {
  const { loss = 'squared', quantile = 0.5, weights } = options
  if (table.target.task !== 'regression') throw new TypeError('the target is no amount')
  const { values } = table.target
  const mean =
    sumInBlocks(table.rows.train, (row) => weightOf(table, row) * values.train[row]!) / weights.train
  const common = { totalWeight: (part: LearningPart): number => weights[part] }
  const less = (base: number) => (part: LearningPart, targets: Float32Array) => {
    for (const [row, value] of values[part].entries()) targets[row] = value - base
  }
  switch (loss) {
    case 'squared':
      return {
        ...common,
        loss: { name: 'squared' },
        link: 'identity',
        bases: [mean],
        metric: 'rmse',
        metricOf: (part, sum) => Math.sqrt(sum / weights[part]),
        fill: less(mean),
      }
    case 'absolute':
    case 'quantile': {
      const level = loss === 'absolute' ? 0.5 : quantile
      const base = quantileOfTarget(table, values.train, level)
      return {
        ...common,
        loss: loss === 'absolute' ? { name: 'absolute' } : { name: 'quantile', level },
        link: 'identity',
        bases: [base],
        metric: loss === 'absolute' ? 'mae' : 'pinball_loss',
        metricOf: (part, sum) => ((loss === 'absolute' ? 2 : 1) * sum) / weights[part],
        fill: less(base),
      }
    }
    case 'poisson':
      return { ...common, ...counts(table, { values, mean, weights }) }
  }
}

function counts(
  table: LearningTable,
  { values, mean, weights }: { values: Record<LearningPart, Float64Array>; mean: number; weights: Weights },
): Omit<BoostingTarget, 'totalWeight'> {
  const negative = [...values.train, ...values.validation].filter((value) => value < 0).length
  if (negative > 0) throw learnError('negative-counts', { column: table.target.column, count: negative })
  const saturated = (part: LearningPart): number =>
    sumInBlocks(table.rows[part], (row) => {
      const value = values[part][row]!
      return weightOf(table, row, part) * (value > 0 ? value * Math.log(value) - value : 0)
    })
  const ofTarget = { train: saturated('train'), validation: saturated('validation') }
  return {
    loss: { name: 'poisson' },
    link: 'log',
    bases: [Math.fround(Math.log(Math.max(mean, leastShare)))],
    metric: 'poisson_deviance',
    metricOf: (part, sum) => (2 * (sum + ofTarget[part])) / weights[part],
    fill: (part, targets) => targets.set(values[part]),
  }
}

function quantileOfTarget(table: LearningTable, values: Float64Array, level: number): number {
  if (table.weights) return weightedQuantileOf(values, table.weights.train, level)
  const sorted = values.toSorted()
  const place = level * (sorted.length - 1)
  const below = sorted[Math.floor(place)]!
  return below + (place - Math.floor(place)) * (sorted[Math.ceil(place)]! - below)
}

function weightOf({ weights }: LearningTable, row: number, part: LearningPart = 'train'): number {
  return weights ? weights[part][row]! : 1
}
