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

const weightsOf = ({ weights }: Case) => weights && Float64Array.from(weights)

function expectMetrics(found: Readonly<Record<string, MetricValue>>, wanted: Case['metrics']): void {
  expect(Object.keys(found).toSorted()).toEqual(Object.keys(wanted).toSorted())
  for (const [name, value] of Object.entries(wanted)) {
    const { value: ours, reason } = found[name]!
    if (value === null)
      expect({ name, ours, reason }).toEqual({ name, ours: null, reason: expect.any(String) })
    else expect(Math.abs(ours! - value) / Math.max(1, Math.abs(value)), name).toBeLessThan(1e-9)
  }
}

function expectColumns(found: readonly (readonly number[])[], wanted: readonly (readonly number[])[]): void {
  expect(found.map((column) => column.length)).toEqual(wanted.map((column) => column.length))
  for (const [index, column] of wanted.entries()) {
    for (const [row, value] of column.entries()) expect(found[index]![row]).toBeCloseTo(value, 9)
  }
}

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
    const rows = { ...answered(each, 2), positive: 1 }
    const { metrics, confusion, roc, precisionRecall } = classificationMetrics(rows)
    expectMetrics(metrics, each.metrics)
    expect(confusion.flat()).toEqual(each.confusion.flat().map((weight) => expect.closeTo(weight, 9)))
    if (each.roc) expectColumns([roc!.falsePositiveRate, roc!.truePositiveRate, roc!.thresholds], each.roc)
    else expect(roc).toBeNull()
    if (each.precisionRecall) {
      const { precision, recall, thresholds } = precisionRecall!
      expectColumns([precision, recall, thresholds], each.precisionRecall)
    }
    for (const strategy of ['uniform', 'quantile'] as const) {
      if (!each.calibration) continue
      const curve = calibrationCurve(scoresOf(rows, 1), { bins: 5, strategy })
      expectColumns([curve.observed, curve.predicted], each.calibration[strategy])
    }
  })
})

describe('metrics of several classes equal scikit-learn’s', () => {
  it.each(fixture.multiclass)('for $name', (each) => {
    const { metrics, confusion } = classificationMetrics(answered(each, each.classes))
    expectMetrics(metrics, each.metrics)
    expect(confusion.flat()).toEqual(each.confusion.flat().map((weight) => expect.closeTo(weight, 9)))
  })
})

describe('metrics of numbers equal scikit-learn’s', () => {
  it.each(fixture.regression)('for $name', (each) => {
    const found = regressionMetrics({
      actual: Float64Array.from(each.actual),
      predicted: Float64Array.from(each.predicted),
      weights: weightsOf(each),
    })
    expectMetrics(found, each.metrics)
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
