import { twoProportionsTest } from '../../../src/stats/chi-square.ts'
import { welchTest, type SampleSums } from '../../../src/stats/welch-test.ts'
import type { QualityParams } from './definition.ts'
import type { Measurement } from './measure-rows.ts'

/** The newest window against the reference. */
export interface Judgement {
  metric: 'accuracy' | 'mae'
  reference: number
  current: number
  /** How much worse: points of accuracy, or the share by which the error grew. Below 0 it is better. */
  worse: number
  /** Of “it is no worse”. */
  pValue: number
  dropped: boolean
}

/** Null where one side has no truths. */
export function judgeQuality(
  { reference, current, kind }: { reference: Measurement; current: Measurement; kind: 'classes' | 'amounts' },
  { margin, significance }: Pick<QualityParams, 'margin' | 'significance'>,
): Judgement | null {
  if (reference.losses.length === 0 || current.losses.length === 0) return null
  const [before, now] = [meanOf(reference.losses), meanOf(current.losses)]
  const judged = kind === 'classes' ? fewerRight(reference, current) : largerErrors(reference, current)
  const { worse, pValue } = judged
  return {
    metric: kind === 'classes' ? 'accuracy' : 'mae',
    reference: before,
    current: now,
    worse,
    pValue,
    dropped: worse > margin && pValue < significance,
  }
}

function fewerRight(reference: Measurement, current: Measurement) {
  const right = ({ losses }: Measurement) => ({ hits: sumOf(losses), rows: losses.length })
  const { statistic, pValue } = twoProportionsTest(right(reference), right(current))
  return {
    worse: meanOf(reference.losses) - meanOf(current.losses),
    // One-sided: a rise is no drop.
    pValue: statistic < 0 ? pValue / 2 : 1 - pValue / 2,
  }
}

function largerErrors(reference: Measurement, current: Measurement) {
  const before = meanOf(reference.losses)
  const now = meanOf(current.losses)
  return {
    // From no error at all any is larger by as much as can be said.
    worse: before === 0 ? Number(now > 0) : now / before - 1,
    pValue: welchTest(sumsOf(current.losses), sumsOf(reference.losses)).pValue,
  }
}

function sumsOf(values: readonly number[]): SampleSums {
  const mean = meanOf(values)
  return { count: values.length, mean, squares: values.reduce((sum, value) => sum + (value - mean) ** 2, 0) }
}

const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0)
const meanOf = (values: readonly number[]): number => sumOf(values) / values.length
