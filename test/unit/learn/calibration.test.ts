import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { applyCalibration } from '../../../src/learn/calibration/apply-calibration.ts'
import { calibrateRows, fitCalibrations, withCalibration } from '../../../src/learn/calibration/calibrate.ts'
import { logOdds, type Calibration } from '../../../src/learn/calibration/calibration.ts'
import { fitIsotonic } from '../../../src/learn/calibration/fit-isotonic.ts'
import { fitSigmoid } from '../../../src/learn/calibration/fit-sigmoid.ts'
import { emitClassAnswer } from '../../../src/learn/emit-class-answer.ts'
import {
  classificationMetrics,
  type AnsweredRows,
} from '../../../src/learn/metrics/classification-metrics.ts'
import { GraphBuilder } from '../../../src/onnx/graph-builder.ts'
import { openSession } from '../../../src/onnx/session.ts'
import { createRandom } from '../../../src/tables/random.ts'
import { expectSameInBatches } from './same-in-batches.ts'

interface Expected {
  slope: number
  intercept: number
  isotonic: number[]
}
const fixture = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../fixtures/sklearn/calibration.json'), 'utf8'),
) as {
  scores: number[]
  positive: number[]
  weights: number[]
  asked: number[]
  unweighted: Expected
  weighted: Expected
}
const cases = [
  { name: 'rows', weights: undefined, expected: fixture.unweighted },
  { name: 'weighted rows', weights: Float64Array.from(fixture.weights), expected: fixture.weighted },
]
const scored = {
  positive: Uint8Array.from(fixture.positive),
  scores: Float32Array.from(fixture.scores),
}

describe('calibration', () => {
  it.each(cases)('finds the sigmoid of scikit-learn for $name', ({ weights, expected }) => {
    const odds = Float64Array.from(fixture.scores, (score) => logOdds(score, 1 - score))
    const { slope, intercept } = fitSigmoid({ positive: scored.positive, logOdds: odds, weights })
    // scikit-learn stops when its gradient, a sum over the rows, is below 1e-5.
    expect(Math.abs(slope - expected.slope)).toBeLessThan(1e-6)
    expect(Math.abs(intercept - expected.intercept)).toBeLessThan(1e-6)
  })

  it.each(cases)('finds the ascending curve of scikit-learn for $name', ({ weights, expected }) => {
    const isotonic = fitIsotonic({ ...scored, weights })
    const found = fixture.asked.map((asked) => applyCalibration(isotonic, asked, 1 - asked))
    for (const [index, value] of found.entries())
      expect(Math.abs(value - expected.isotonic[index]!)).toBeLessThan(1e-12)
  })

  it('has an answer where the classes are told apart without an error, and where all scores are equal', () => {
    const apart = { positive: Uint8Array.of(0, 0, 1, 1), logOdds: Float64Array.of(-2, -1, 1, 2) }
    const { slope } = fitSigmoid(apart)
    expect(slope).toBeGreaterThan(0)
    expect(Number.isFinite(slope)).toBe(true)
    const equal = fitSigmoid({ positive: Uint8Array.of(0, 1, 1, 1), logOdds: new Float64Array(4) })
    // Platt's targets: one row of 1/3, three of 4/5; their mean is what a constant can do best.
    const mean = (1 / 3 + 3 * (4 / 5)) / 4
    expect(equal.intercept).toBeCloseTo(Math.log(mean / (1 - mean)), 10)
  })

  it('mends the probabilities of one class in three, and keeps sums of 1', () => {
    const rows = overconfidentRows(3)
    const calibrations = fitCalibrations(rows, { method: 'sigmoid', classes: ['a', 'b', 'c'] })
    const after = { ...rows, probabilities: calibrateRows(rows, calibrations) }
    expect(lossOf(after)).toBeLessThan(0.9 * lossOf(rows))
    for (let row = 0; row < 20; row++) {
      const sum = after.probabilities
        .subarray(3 * row, 3 * row + 3)
        .reduce((total, value) => total + value, 0)
      expect(sum).toBeCloseTo(1, 6)
    }
  })

  it('refuses no rows, and rows that are all of one class', () => {
    const rows = overconfidentRows(2)
    const options = { method: 'sigmoid', classes: ['no', 'yes'] } as const
    const none = { ...rows, actual: new Uint16Array(0), probabilities: new Float32Array(0) }
    expect(() => fitCalibrations(none, options)).toThrow('no validation rows to calibrate on')
    const allYes = { ...rows, actual: new Uint16Array(rows.actual.length).fill(1) }
    expect(() => fitCalibrations(allYes, options)).toThrow('of the class “yes”')
  })
})

describe('the graph of a calibrated classifier', () => {
  it.each([
    { method: 'sigmoid', classes: 2, positive: 1 },
    { method: 'sigmoid', classes: 2, positive: 0 },
    { method: 'sigmoid', classes: 4, positive: undefined },
    { method: 'isotonic', classes: 2, positive: 1 },
    { method: 'isotonic', classes: 3, positive: undefined },
  ] as const)('agrees with the reference in any batches: $method, $classes classes', async (wanted) => {
    const rows: AnsweredRows = { ...overconfidentRows(wanted.classes), positive: wanted.positive }
    const classes = ['a', 'b', 'c', 'd'].slice(0, wanted.classes)
    const calibrations = fitCalibrations(rows, { method: wanted.method, classes })
    const session = await openSession(
      withCalibration(
        classifier(classes),
        { classes, ...positiveOf(classes, wanted.positive) },
        calibrations,
      ),
    )
    const chunk = { rows: rows.actual.length, columns: { given: rows.probabilities } }
    const { probabilities, label } = await session.run(chunk)
    const expected = calibrateRows(rows, calibrations)
    const distances = expected.map((value, index) =>
      Math.abs(value - (probabilities as Float32Array)[index]!),
    )
    expect(Math.max(...distances)).toBeLessThan(1e-6)
    expect(new Set(label as string[]).size).toBe(wanted.classes)
    await expectSameInBatches(session, chunk)
    await session.close()
  })

  it('keeps impossible and certain rows within 0 and 1', async () => {
    const calibrations: Calibration[] = [{ method: 'sigmoid', slope: 2, intercept: 0.5 }]
    const classes = ['no', 'yes']
    const session = await openSession(
      withCalibration(classifier(classes), { classes, positive: 'yes' }, calibrations),
    )
    const given = Float32Array.of(1, 0, 0, 1, 0.5, 0.5)
    const { probabilities } = await session.run({ rows: 3, columns: { given } })
    expect(Array.from(probabilities as Float32Array, (value) => Number(value.toFixed(4)))).toEqual([
      1, 0, 0, 1, 0.3775, 0.6225,
    ])
    await session.close()
  })
})

function positiveOf(classes: readonly string[], code: number | undefined): { positive?: string } {
  return code === undefined ? {} : { positive: classes[code]! }
}

/** A model that answers with the probabilities it is given. */
function classifier(classes: readonly string[]): Uint8Array {
  const builder = new GraphBuilder()
  const given = builder.input('given', 'float32', classes.length)
  const probabilities = builder.declare(builder.node('Identity', [given]), {
    type: 'float32',
    width: classes.length,
  })
  const answers = emitClassAnswer(builder, probabilities, { classes })
  builder.output('label', answers.label)
  builder.output('probabilities', answers.probabilities)
  return builder.toModel()
}

/** Rows whose classes are drawn from milder probabilities than they are given. */
function overconfidentRows(classes: number): AnsweredRows {
  const random = createRandom(classes, 'overconfident')
  const rows = 600
  const actual = new Uint16Array(rows)
  const probabilities = new Float32Array(rows * classes)
  for (let row = 0; row < rows; row++) {
    const scores = Array.from({ length: classes }, () => 3 * (random.unit() - 0.5))
    const softmax = (sharpness: number): number[] => {
      const powers = scores.map((score) => Math.exp(sharpness * score))
      const total = powers.reduce((sum, power) => sum + power, 0)
      return powers.map((power) => power / total)
    }
    probabilities.set(softmax(4), row * classes)
    let rest = random.unit()
    const code = softmax(1).findIndex((share) => (rest -= share) < 0)
    actual[row] = Math.max(0, code)
  }
  return { classes, actual, predicted: actual, probabilities, ...(classes === 2 && { positive: 1 }) }
}

const lossOf = (rows: AnsweredRows): number => classificationMetrics(rows).metrics.log_loss!.value!
