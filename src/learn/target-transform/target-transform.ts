import { learnError } from '../errors.ts'
import type { NumbersByPart } from '../learner.ts'
import { sumInBlocks } from '../sum-in-blocks.ts'
import type { NumberTarget } from '../targets.ts'

/** What amounts are learned as: their logarithm, or (value^power − 1) / power (Box & Cox 1964), whose limit it is. */
export type TargetTransform = 'none' | 'log' | 'box-cox'

/** Null for none. Throws `learn.target-not-positive` where an amount is 0 or less. */
export function choosePower(target: NumberTarget, transform: TargetTransform): number | null {
  if (transform === 'none') return null
  const { train, validation } = target.values
  const bad = [...train, ...validation].filter((value) => !(value > 0)).length
  if (bad > 0) throw learnError('target-not-positive', { column: target.column, count: bad })
  return transform === 'log' ? 0 : likeliestPower(train)
}

export function transformTarget(target: NumberTarget, power: number): NumberTarget {
  const of = (values: Float64Array): Float64Array => values.map((value) => transformValue(value, power))
  const values: NumbersByPart = { train: of(target.values.train), validation: of(target.values.validation) }
  return { ...target, values }
}

export function transformValue(value: number, power: number): number {
  return power === 0 ? Math.log(value) : Math.expm1(power * Math.log(value)) / power
}

/** What the graph computes too: a power that would lead below 0 gives 0. */
export function restoreValue(value: number, power: number): number {
  return power === 0 ? Math.exp(value) : Math.max(0, power * value + 1) ** (1 / power)
}

const widest = 5
const goldenShare = (Math.sqrt(5) - 1) / 2

/** The power under which the transformed values are most likely from a normal distribution, by golden section. */
function likeliestPower(values: Float64Array): number {
  const rows = values.length
  const meanLog = sumInBlocks(rows, (row) => Math.log(values[row]!)) / rows
  const logLikelihood = (power: number): number => {
    const mean = sumInBlocks(rows, (row) => transformValue(values[row]!, power)) / rows
    const squares = sumInBlocks(rows, (row) => (transformValue(values[row]!, power) - mean) ** 2)
    return (power - 1) * meanLog - Math.log(squares / rows) / 2
  }
  let [low, high] = [-widest, widest]
  let [left, right] = [high - goldenShare * (high - low), low + goldenShare * (high - low)]
  let [ofLeft, ofRight] = [logLikelihood(left), logLikelihood(right)]
  while (high - low > 1e-4) {
    if (ofLeft >= ofRight) {
      ;[high, right, ofRight] = [right, left, ofLeft]
      left = high - goldenShare * (high - low)
      ofLeft = logLikelihood(left)
    } else {
      ;[low, left, ofLeft] = [left, right, ofRight]
      right = low + goldenShare * (high - low)
      ofRight = logLikelihood(right)
    }
  }
  // A round power reads better, and amounts that are all alike have no likeliest one.
  const power = Math.round(1000 * ((low + high) / 2)) / 1000
  return Number.isFinite(logLikelihood(power)) ? power : 0
}
