import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { deLongTest } from '../../../src/learn/metrics/delong.ts'
import { gainCurveOf } from '../../../src/learn/metrics/gain-curve.ts'
import { mcNemarTest } from '../../../src/learn/metrics/mcnemar.ts'
import { verdictOf } from '../../../src/learn/metrics/practical-equivalence.ts'
import { analyseResiduals } from '../../../src/learn/metrics/residuals.ts'
import { scoreSteps } from '../../../src/learn/metrics/score-steps.ts'
import { testSlices } from '../../../src/learn/metrics/slice-tests.ts'
import { thinCurve } from '../../../src/learn/metrics/thin-curve.ts'
import { thresholdTable } from '../../../src/learn/metrics/threshold-table.ts'
import { binomialTest } from '../../../src/stats/binomial-test.ts'
import { welchTest } from '../../../src/stats/welch-test.ts'

interface Fixture {
  comparisons: {
    actual: number[]
    first: number[]
    second: number[]
    deLong: { difference: number; standardError: number; pValue: number }
    mcNemar: { onlyFirstRight: number; onlySecondRight: number; pValue: number }
  }[]
  binomial: { hits: number; trials: number; pValue: number }[]
  welch: { first: number[]; second: number[]; statistic: number; pValue: number }[]
  residuals: {
    actual: number[]
    predicted: number[]
    mean: number
    deviation: number
    quantiles: number[]
    largest: number[]
  }
}

/** Made by test/fixtures/scipy/make-comparisons.py with SciPy 1.10.1. */
const fixture = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../fixtures/scipy/comparisons.json'), 'utf8'),
) as Fixture

const close = (wanted: object, digits: number): unknown =>
  Object.fromEntries(
    Object.entries(wanted).map(([name, value]) => [name, expect.closeTo(value as number, digits) as unknown]),
  )

describe('two classifiers on the same rows', () => {
  it('differ in ROC AUC by the test of DeLong, with and without ties', () => {
    for (const { actual, first, second, deLong } of fixture.comparisons) {
      const found = deLongTest(Uint8Array.from(actual), Float32Array.from(first), Float32Array.from(second))
      expect(found).toEqual(close(deLong, 11))
    }
  })

  it('have no difference to tell where they are one, or a class has one row', () => {
    const scores = Float32Array.of(0.1, 0.4, 0.6, 0.3)
    expect(deLongTest(Uint8Array.of(0, 1, 1, 0), scores, scores)).toEqual({
      difference: 0,
      standardError: 0,
      pValue: 1,
    })
    expect(deLongTest(Uint8Array.of(0, 1, 1, 1), scores, scores)).toBeNull()
  })

  it('differ in labels by the exact test of McNemar', () => {
    for (const { actual, first, second, mcNemar } of fixture.comparisons) {
      const labels = (scores: number[]) => Uint16Array.from(scores, (score) => Number(score >= 0.5))
      const found = mcNemarTest(Uint16Array.from(actual), labels(first), labels(second))
      expect(found).toEqual(close(mcNemar, 11))
    }
    for (const { hits, trials, pValue } of fixture.binomial)
      expect(Math.abs(binomialTest(hits, trials) / pValue - 1)).toBeLessThan(1e-9)
    expect(binomialTest(0, 0)).toBe(1)
  })

  it('are equivalent where the whole interval lies within the margin', () => {
    expect(verdictOf('roc_auc', { low: -0.005, high: 0.009 }, 0.01)).toBe('equivalent')
    expect(verdictOf('roc_auc', { low: -0.005, high: 0.02 }, 0.01)).toBe('undecided')
    expect(verdictOf('roc_auc', { low: 0.011, high: 0.02 }, 0.01)).toBe('better')
    expect(verdictOf('log_loss', { low: 0.011, high: 0.02 }, 0.01)).toBe('worse')
    expect(verdictOf('rmse', { low: -3, high: -1 }, 0.5)).toBe('better')
  })
})

describe('scores gone through from the top', () => {
  const rows = {
    positive: Uint8Array.of(1, 0, 1, 0, 0, 1, 0, 0, 0, 0),
    scores: Float32Array.of(0.9, 0.8, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1),
  }

  it('capture positive rows sooner than at random', () => {
    const gain = gainCurveOf(scoreSteps(rows))!
    expect(gain.share.slice(0, 4)).toEqual([0, 0.1, 0.3, 0.4])
    expect(gain.captured.slice(0, 4)).toEqual([0, 1 / 3, 2 / 3, 2 / 3])
    expect(gain.lift[1]).toBeCloseTo(10 / 3, 12)
    expect(gain.lift.at(-1)).toBe(1)
    expect(gainCurveOf(scoreSteps(rows), 3)).toEqual(thinCurve({ ...gain }, 3))
    expect(gainCurveOf(scoreSteps({ ...rows, positive: new Uint8Array(10) }))).toBeNull()
  })

  it('cost least at one threshold', () => {
    const costs = { truePositives: -2, falsePositives: 1, trueNegatives: 0, falseNegatives: 5 }
    const few = thresholdTable(rows, costs, { points: 4 })
    expect(few).toEqual({
      table: thinCurve({ ...thresholdTable(rows, costs).table }, 4),
      cheapest: few.cheapest,
    })
    expect(few.cheapest).toEqual(thresholdTable(rows, costs).cheapest)
    const { table, cheapest } = thresholdTable(rows, costs)
    // At 0.5 all three are found, with three false alarms.
    expect(cheapest.threshold).toBe(0.5)
    expect(cheapest.cost).toBeCloseTo((3 * -2 + 3) / 10, 12)
    expect(table.cost[0]).toBeCloseTo(15 / 10, 12)
    expect(table.recall.at(-1)).toBe(1)
    expect(table.thresholds).toHaveLength(10)
  })
})

describe('residuals', () => {
  const { actual, predicted, ...wanted } = fixture.residuals
  const rows = { actual: Float64Array.from(actual), predicted: Float64Array.from(predicted) }

  it('are spread as NumPy says', () => {
    const found = analyseResiduals(rows, { ranges: 10, largest: 5 })!
    expect(found.mean).toBeCloseTo(wanted.mean, 11)
    expect(found.deviation).toBeCloseTo(wanted.deviation, 11)
    for (const [index, value] of wanted.quantiles.entries())
      expect(found.quantiles[index]!.residual).toBeCloseTo(value, 11)
    expect(found.largest.map(({ row }) => row)).toEqual(wanted.largest)
  })

  it('stand in ascending ranges of predictions that hold every row once', () => {
    const { byPrediction } = analyseResiduals(rows, { ranges: 10, largest: 5 })!
    expect(byPrediction.reduce((sum, { count }) => sum + count, 0)).toBe(97)
    for (const [index, { from, low, median, high }] of byPrediction.entries()) {
      expect(from).toBeGreaterThan(byPrediction[index - 1]?.to ?? -Infinity)
      expect([low, median, high]).toEqual([low, median, high].toSorted((a, b) => a - b))
    }
    const equal = { actual: rows.actual, predicted: new Float64Array(97).fill(3) }
    expect(analyseResiduals(equal, { ranges: 10, largest: 1 })!.byPrediction).toHaveLength(1)
  })

  it('are none where a prediction is no number', () => {
    const broken = { actual: Float64Array.of(1, 2), predicted: Float64Array.of(1, Number.NaN) }
    expect(analyseResiduals(broken, { ranges: 10, largest: 5 })).toBeNull()
  })
})

describe('slices that may be worse', () => {
  it('are tested as SciPy tests unequal variances', () => {
    const sums = (values: number[]) => {
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length
      const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
      return { count: values.length, mean, squares }
    }
    for (const { first, second, statistic, pValue } of fixture.welch) {
      const found = welchTest(sums(first), sums(second))
      expect(found.statistic).toBeCloseTo(statistic, 10)
      expect(Math.abs(found.pValue / pValue - 1)).toBeLessThan(1e-9)
    }
  })

  it('are told only where the loss is higher, and count together', () => {
    const losses = Float64Array.from({ length: 400 }, (_, row) => (row < 100 ? 2 : 1) + ((row * 7) % 10) / 20)
    const range = (from: number, to: number) => Uint32Array.from({ length: to - from }, (_, i) => from + i)
    const [worse, same, better] = testSlices(losses, [range(0, 100), range(100, 180), range(200, 400)])
    expect(worse!.adjustedPValue).toBeLessThan(1e-6)
    expect(worse!.loss - worse!.restLoss).toBeCloseTo(1, 1)
    expect(same!.adjustedPValue).toBeGreaterThan(0.5)
    expect(better!.adjustedPValue).toBeGreaterThan(0.5)
  })
})
