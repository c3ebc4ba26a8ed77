import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { calibrationCurve } from '../../../src/learn/metrics/calibration-curve.ts'
import { classificationMetrics, scoresOf } from '../../../src/learn/metrics/classification-metrics.ts'
import type { MetricValue } from '../../../src/learn/metrics/metric-value.ts'
import { regressionMetrics } from '../../../src/learn/metrics/regression-metrics.ts'
import { thinCurve } from '../../../src/learn/metrics/thin-curve.ts'

interface Case {
  name: string
  actual: number[]
  predicted: number[]
  weights?: number[]
  metrics: Record<string, number | null>
}
interface ClassCase extends Case {
  probabilities: number[]
  confusion: number[][]
}
interface BinaryCase extends ClassCase {
  roc?: [number[], number[], number[]]
  precisionRecall?: [number[], number[], number[]]
  calibration?: Record<'uniform' | 'quantile', [number[], number[]]>
}
interface Fixture {
  binary: BinaryCase[]
  multiclass: (ClassCase & { classes: number })[]
  regression: Case[]
}

/** Made by test/fixtures/sklearn/make-metrics.py with scikit-learn 1.2.1. */
const fixture = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../fixtures/sklearn/metrics.json'), 'utf8'),
) as Fixture

type Columns = readonly (readonly number[])[]

const weightsOf = ({ weights }: Case) => weights && Float64Array.from(weights)

/** The metrics that are not what the fixture says, to a billionth; undefined ones must say why. */
function wrongMetrics(found: Readonly<Record<string, MetricValue>>, wanted: Case['metrics']): unknown[] {
  return [...new Set([...Object.keys(found), ...Object.keys(wanted)])]
    .map((name) => ({ name, found: found[name], wanted: wanted[name] }))
    .filter(({ found, wanted }) => {
      if (!found || wanted === undefined) return true
      if (wanted === null || found.value === null) return found.value !== wanted || !found.reason
      return Math.abs(found.value - wanted) > 1e-9 * Math.max(1, Math.abs(wanted))
    })
}

const close = (columns: Columns | undefined) =>
  columns?.map((column) => column.map((value) => expect.closeTo(value, 9) as unknown)) ?? null

function answered(each: ClassCase, classes: number) {
  return {
    classes,
    actual: Uint16Array.from(each.actual),
    predicted: Uint16Array.from(each.predicted),
    probabilities: Float32Array.from(each.probabilities),
    weights: weightsOf(each),
  }
}

describe('metrics of two classes equal scikit-learn’s', () => {
  it.each(fixture.binary)('for $name', (each) => {
    const { metrics, confusion, roc, precisionRecall } = classificationMetrics({
      ...answered(each, 2),
      positive: 1,
    })
    expect(wrongMetrics(metrics, each.metrics)).toEqual([])
    expect(confusion).toEqual(close(each.confusion))
    expect(roc && [roc.falsePositiveRate, roc.truePositiveRate, roc.thresholds]).toEqual(close(each.roc))
    expect(
      precisionRecall && [precisionRecall.precision, precisionRecall.recall, precisionRecall.thresholds],
    ).toEqual(close(each.precisionRecall))
  })
})

describe('calibration curves equal scikit-learn’s', () => {
  it.each(fixture.binary.filter(({ calibration }) => calibration))('for $name', (each) => {
    for (const strategy of ['uniform', 'quantile'] as const) {
      const { observed, predicted } = calibrationCurve(scoresOf(answered(each, 2), 1), { bins: 5, strategy })
      expect([observed, predicted]).toEqual(close(each.calibration![strategy]))
    }
  })
})

describe('metrics of several classes equal scikit-learn’s', () => {
  it.each(fixture.multiclass)('for $name', (each) => {
    const { metrics, confusion } = classificationMetrics(answered(each, each.classes))
    expect(wrongMetrics(metrics, each.metrics)).toEqual([])
    expect(confusion).toEqual(close(each.confusion))
  })
})

describe('metrics of numbers equal scikit-learn’s', () => {
  it.each(fixture.regression)('for $name', (each) => {
    const found = regressionMetrics({
      actual: Float64Array.from(each.actual),
      predicted: Float64Array.from(each.predicted),
      weights: weightsOf(each),
    })
    expect(wrongMetrics(found, each.metrics)).toEqual([])
  })
})

describe('metrics', () => {
  const actual = Uint16Array.of(0, 1, 1)
  const predicted = Uint16Array.of(0, 0, 1)

  it('are about the class that is called positive', () => {
    const probabilities = Float32Array.of(0.8, 0.2, 0.6, 0.4, 0.1, 0.9)
    const { metrics } = classificationMetrics({ classes: 2, positive: 0, actual, predicted, probabilities })
    expect(metrics.precision).toEqual({ value: 0.5 })
    expect(metrics.recall).toEqual({ value: 1 })
  })

  it('say which they cannot tell when a model gives no probabilities', () => {
    const probabilities = Float32Array.of(0.8, 0.2, NaN, NaN, 0.1, 0.9)
    const { metrics, roc } = classificationMetrics({
      classes: 2,
      positive: 1,
      actual,
      predicted,
      probabilities,
    })
    expect(metrics.accuracy?.value).toBeCloseTo(2 / 3)
    expect(metrics.roc_auc).toEqual({
      value: null,
      reason: 'For 1 rows the model answers with no probabilities.',
    })
    expect(roc).toBeNull()
  })

  it('are undefined where no row has weight', () => {
    const rows = {
      actual: Float64Array.of(1, 2),
      predicted: Float64Array.of(1, 3),
      weights: Float64Array.of(0, 0),
    }
    const none = { value: null, reason: 'There are no rows.' }
    expect(Object.values(regressionMetrics(rows))).toEqual([none, none, none, none, none])
  })

  it('keep the ends of a thinned curve, and a column that is shorter', () => {
    const recall = Array.from({ length: 101 }, (_, index) => index / 100)
    const thinned = thinCurve({ recall, thresholds: recall.slice(0, -1) }, 5)
    expect(thinned).toEqual({ recall: [0, 0.25, 0.5, 0.75, 1], thresholds: [0, 0.25, 0.5, 0.75] })
  })
})
