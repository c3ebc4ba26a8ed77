import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { balanceClasses } from '../../../src/learn/class-weights.ts'
import { fitLogistic } from '../../../src/learn/logistic-regression/fit-logistic.ts'
import type { LogisticParameters } from '../../../src/learn/logistic-regression/logistic-parameters.ts'
import { predictWithLogistic } from '../../../src/learn/logistic-regression/predict-logistic.ts'
import type { ClassTarget } from '../../../src/learn/targets.ts'
import { createRandom } from '../../../src/tables/random.ts'
import { learningTable, quietRun } from './learning-run.ts'

interface Fit {
  name: string
  penalty: 'l2' | 'none'
  inverseStrength: number
  balanced: boolean
  weights?: number[]
  coefficients: number[]
  intercepts: number[]
  probabilities: number[]
}
interface Dataset {
  name: string
  features: number
  classes: number
  x: number[]
  y: number[]
  fits: Fit[]
}

/** Made by test/fixtures/sklearn/make-logistic.py with scikit-learn 1.2.1. */
const datasets = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../fixtures/sklearn/logistic.json'), 'utf8'),
) as Dataset[]

const parameters: LogisticParameters = {
  penalty: 'l2',
  inverseStrength: 1,
  maximumIterations: 500,
  tolerance: 1e-6,
}
const yesNo = ['no', 'yes']

describe.each(datasets)(
  'coefficients for $name equal scikit-learn’s',
  ({ fits, x, y, features, classes }) => {
    it.each(fits)('with $name', async (fit) => {
      const names = Array.from({ length: classes }, (_, code) => `class ${code}`)
      const plain = learningTable({ train: { x, y, weights: fit.weights }, width: features, classes: names })
      const weights = fit.balanced
        ? balanceClasses(plain.target as ClassTarget, plain.weights)
        : plain.weights
      const table = { ...plain, ...(weights && { weights }) }
      const { penalty, inverseStrength } = fit
      const tight = { penalty, inverseStrength, tolerance: 1e-11, maximumIterations: 5000 }
      const { model, warnings } = await fitLogistic(table, tight, quietRun())
      expect(warnings).toEqual([])
      expectClose(model.coefficients, fit.coefficients)
      expectClose(model.intercepts, fit.intercepts)
      const data = Float32Array.from(x.slice(0, 10 * features))
      expectClose(predictWithLogistic(model, { rows: 10, data }), fit.probabilities)
    })
  },
)

function expectClose(found: ArrayLike<number>, wanted: readonly number[]): void {
  expect(found.length).toBe(wanted.length)
  for (const [index, value] of wanted.entries()) {
    expect(Math.abs(found[index]! - value)).toBeLessThan(1e-5 * Math.max(0.01, Math.abs(value)))
  }
}

/** Log-odds rise with the first feature and fall with the second; the others are noise. */
function noisyRows(rows: number, width: number, seed = 1): { x: Float32Array; y: Uint16Array } {
  const random = createRandom(seed)
  const x = Float32Array.from({ length: rows * width }, () => random.unit() * 4 - 2)
  const y = Uint16Array.from({ length: rows }, (_, row) => {
    return Number(random.unit() < 1 / (1 + Math.exp(2 * x[row * width + 1]! - 3 * x[row * width]!)))
  })
  return { x, y }
}

describe('logistic regression', () => {
  it('finds the same coefficients whatever unit a feature comes in', async () => {
    const { x, y } = noisyRows(2000, 3)
    const inOtherUnits = x.map((value, index) => (index % 3 === 0 ? value * 4096 + 65536 : value))
    const free: LogisticParameters = { ...parameters, penalty: 'none', tolerance: 1e-9 }
    const plain = await fitLogistic(
      learningTable({ train: { x, y }, width: 3, classes: yesNo }),
      free,
      quietRun(),
    )
    const other = await fitLogistic(
      learningTable({ train: { x: inOtherUnits, y }, width: 3, classes: yesNo }),
      free,
      quietRun(),
    )
    expect(other.model.coefficients[0]! * 4096).toBeCloseTo(plain.model.coefficients[0]!, 2)
    expect(other.model.iterations).toBeLessThan(plain.model.iterations + 5)
  })

  it('treats a row of weight two as two rows', async () => {
    const { x, y } = noisyRows(100, 2)
    const weights = y.map((_, row) => (row < 50 ? 2 : 1))
    const repeated = { x: [...x.subarray(0, 100), ...x], y: [...y.subarray(0, 50), ...y] }
    const weighted = await fitLogistic(
      learningTable({ train: { x, y, weights }, width: 2, classes: yesNo }),
      { ...parameters, tolerance: 1e-10 },
      quietRun(),
    )
    const twice = await fitLogistic(
      learningTable({ train: repeated, width: 2, classes: yesNo }),
      { ...parameters, tolerance: 1e-10 },
      quietRun(),
    )
    for (const [index, coefficient] of weighted.model.coefficients.entries()) {
      expect(coefficient).toBeCloseTo(twice.model.coefficients[index]!, 7)
    }
  })

  it('gives a constant feature no coefficient', async () => {
    const { x, y } = noisyRows(200, 3)
    const constant = x.map((value, index) => (index % 3 === 2 ? 5 : value))
    const table = learningTable({ train: { x: constant, y }, width: 3, classes: yesNo })
    const { model, importances } = await fitLogistic(table, { ...parameters, penalty: 'none' }, quietRun())
    expect(model.coefficients[2]).toBe(0)
    expect(importances[2]).toBe(0)
    expect(importances[0]! + importances[1]!).toBeCloseTo(1, 12)
  })

  it('tells the loss of train and validation rows after each iteration', async () => {
    const table = learningTable({
      train: noisyRows(500, 2),
      validation: noisyRows(500, 2, 2),
      width: 2,
      classes: yesNo,
    })
    const { model, trainingCurve } = await fitLogistic(table, parameters, quietRun())
    expect(trainingCurve.metric).toBe('log_loss')
    expect(trainingCurve.train).toHaveLength(model.iterations)
    expect(trainingCurve.validation).toHaveLength(model.iterations)
    const answers = predictWithLogistic(model, { rows: 500, data: noisyRows(500, 2, 2).x })
    const loss =
      noisyRows(500, 2, 2).y.reduce((sum, code, row) => sum - Math.log(answers[2 * row + code]!), 0) / 500
    expect(trainingCurve.validation.at(-1)).toBeCloseTo(loss, 6)
  })

  it('gives equal bytes for equal tables', async () => {
    const table = learningTable({ train: noisyRows(9000, 5), width: 5, classes: yesNo })
    const [first, second] = [
      await fitLogistic(table, parameters, quietRun({ threads: 1 })),
      await fitLogistic(table, parameters, quietRun({ threads: 2, seed: 8 })),
    ]
    expect(second).toEqual(first)
  })

  it('warns when the iterations do not suffice', async () => {
    const table = learningTable({ train: noisyRows(100, 2), width: 2, classes: yesNo })
    const { model, warnings } = await fitLogistic(table, { ...parameters, maximumIterations: 2 }, quietRun())
    expect(model.converged).toBe(false)
    expect(warnings).toEqual([
      'The fit stopped after 2 iterations, before it had converged. Allow more iterations, or scale the features.',
    ])
  })

  it('refuses missing values, and names the feature', async () => {
    const { x, y } = noisyRows(100, 2)
    x[31] = NaN
    x[33] = NaN
    const table = learningTable({ train: { x, y }, width: 2, classes: yesNo })
    await expect(fitLogistic(table, parameters, quietRun())).rejects.toMatchObject({
      message: 'The feature “feature 1” has no value in 2 of 100 train rows.',
      remedy: 'Impute it first, or use gradient-boosted trees, which learn from missing values.',
    })
  })

  it('refuses missing values of validation rows as well', async () => {
    const validation = noisyRows(10, 2, 2)
    validation.x[0] = NaN
    const table = learningTable({ train: noisyRows(100, 2), validation, width: 2, classes: yesNo })
    await expect(fitLogistic(table, parameters, quietRun())).rejects.toThrow(
      'The feature “feature 0” has no value in 1 of 10 validation rows.',
    )
  })

  it('refuses infinite values', async () => {
    const { x, y } = noisyRows(100, 2)
    x[4] = -Infinity
    const table = learningTable({ train: { x, y }, width: 2, classes: yesNo })
    await expect(fitLogistic(table, parameters, quietRun())).rejects.toThrow(
      'The feature “feature 0” is infinite in 1 of 100 train rows.',
    )
  })

  it.each([2, 3])(
    'refuses %i classes that a plane can tell apart, unless there is a penalty',
    async (count) => {
      const x = Array.from({ length: 60 }, (_, row) => row)
      const y = x.map((row) => Math.floor((row * count) / 60))
      const classes = ['a', 'b', 'c'].slice(0, count)
      // On a line only the outer classes are at the end of something: a square makes every class a corner.
      const table = learningTable({
        train: { x: x.flatMap((value) => [value, value * value]), y },
        width: 2,
        classes,
      })
      await expect(fitLogistic(table, { ...parameters, penalty: 'none' }, quietRun())).rejects.toMatchObject({
        code: 'learn.separable',
      })
      expect((await fitLogistic(table, parameters, quietRun())).warnings).toEqual([])
    },
  )

  it('stops when it is cancelled', async () => {
    const controller = new AbortController()
    const table = learningTable({ train: noisyRows(2000, 4), width: 4, classes: yesNo })
    let iterations = 0
    const run = quietRun({
      signal: controller.signal,
      progress: () => {
        if (++iterations === 3) controller.abort()
      },
    })
    await expect(fitLogistic(table, parameters, run)).rejects.toThrow('aborted')
    expect(iterations).toBe(3)
  })
})
