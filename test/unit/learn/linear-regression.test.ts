import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Fitted } from '../../../src/learn/learner.ts'
import type { LinearModel } from '../../../src/learn/linear-regression/linear-model.ts'
import type { LinearPenalty } from '../../../src/learn/linear-regression/linear-parameters.ts'
import { linearRegression } from '../../../src/learn/linear-regression/linear-regression.ts'
import { GraphBuilder } from '../../../src/onnx/graph-builder.ts'
import { openSession } from '../../../src/onnx/session.ts'
import { createRandom } from '../../../src/tables/random.ts'
import { learningTable, quietRun, type PartRows } from './learning-run.ts'
import { expectSameInBatches } from './same-in-batches.ts'

interface FixtureFit {
  name: string
  strength: number | null
  l1Share?: number
  weights?: number[]
  coefficients: number[]
  intercept: number
  predictions: number[]
  standardErrors?: number[]
}
interface Dataset {
  name: string
  features: number
  x: number[]
  y: number[]
  fits: FixtureFit[]
}

const datasets = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../fixtures/sklearn/linear.json'), 'utf8'),
) as [Dataset, Dataset]

function fit(
  rows: PartRows,
  width: number,
  penalty: LinearPenalty = { kind: 'none' },
): Promise<Fitted<LinearModel>> {
  return linearRegression.fit(learningTable({ train: rows, width }), { penalty }, quietRun())
}

function penaltyOf({ strength, l1Share }: FixtureFit): LinearPenalty {
  if (strength === null) return { kind: 'none' }
  return l1Share === undefined
    ? { kind: 'squares', strength }
    : { kind: 'absolutes', strength, absoluteShare: l1Share }
}

const fitFixture = ({ x, y, features }: Dataset, expected: FixtureFit) =>
  fit({ x, y, weights: expected.weights }, features, penaltyOf(expected))

/** The largest distance between two lists, as a share of values above 1. */
function distance(found: ArrayLike<number>, wanted: ArrayLike<number>): number {
  expect(found).toHaveLength(wanted.length)
  const distances = Array.from(
    wanted,
    (value, index) => Math.abs(found[index]! - value) / Math.max(1, Math.abs(value)),
  )
  return Math.max(...distances)
}

const [numbers, collinear] = datasets

describe('linear regression', () => {
  it.each(numbers.fits)('finds the coefficients of scikit-learn: $name', async (expected) => {
    const { model } = await fitFixture(numbers, expected)
    expect(distance(model.coefficients, expected.coefficients)).toBeLessThan(1e-9)
    expect(distance([model.intercept], [expected.intercept])).toBeLessThan(1e-9)
  })

  it.each(numbers.fits.filter(({ strength }) => strength === null))(
    'knows how sure it is of each coefficient: $name',
    async (expected) => {
      const { model } = await fitFixture(numbers, expected)
      const { coefficients, intercept } = model.standardErrors!
      expect(distance([...coefficients, intercept], expected.standardErrors!)).toBeLessThan(1e-9)
    },
  )

  it.each(collinear.fits)('predicts as scikit-learn from collinear features: $name', async (expected) => {
    const { model } = await fitFixture(collinear, expected)
    const first = Float32Array.from(collinear.x.slice(0, 10 * collinear.features))
    expect(
      distance(linearRegression.predict(model, { rows: 10, data: first }), expected.predictions),
    ).toBeLessThan(1e-9)
  })

  it.each(collinear.fits.slice(1))(
    'shares the effect of collinear features as scikit-learn: $name',
    async (expected) => {
      const { model } = await fitFixture(collinear, expected)
      expect(distance(model.coefficients, expected.coefficients)).toBeLessThan(1e-9)
      expect(model).toMatchObject({ leftOut: [] })
      expect(model.standardErrors).toBeUndefined()
    },
  )

  it('leaves out what follows from features before, and says so', async () => {
    const { model, warnings } = await fitFixture(collinear, collinear.fits[0]!)
    expect(model.leftOut).toEqual([
      { feature: 3, because: 'combination' },
      { feature: 4, because: 'constant' },
    ])
    expect(model.degreesOfFreedom).toBe(120 - 4 - 1)
    expect(model.coefficients[3]).toBe(0)
    expect(model.standardErrors!.coefficients[3]).toBeNaN()
    expect(warnings).toEqual([expect.stringMatching(/“feature 3”, “feature 4”: constant, or a combination/)])
  })

  it('takes a sum that float32 has rounded for the sum it is', async () => {
    const random = createRandom(3, 'rounded sums')
    const rows = 300
    const x = Float32Array.from({ length: 3 * rows })
    for (let row = 0; row < rows; row++) {
      const [a, b] = [1000 * random.unit(), random.unit()]
      x.set([a, b, a + b], 3 * row)
    }
    const y = Float64Array.from({ length: rows }, () => random.unit())
    const { model } = await fit({ x, y }, 3)
    expect(model.leftOut).toEqual([{ feature: 2, because: 'combination' }])
  })

  it('fits fewer rows than features, and then knows no standard errors', async () => {
    const { model, trainingCurve } = await fit({ x: [1, 2, 3, 5, 7, 4], y: [1, 2] }, 3)
    expect(model.standardErrors).toBeUndefined()
    expect(distance(trainingCurve.train, [0])).toBeLessThan(1e-6)
    const alone = await fit({ x: [1, 2, 3], y: [4] }, 3)
    expect([...alone.model.coefficients, alone.model.intercept]).toEqual([0, 0, 0, 4])
  })

  it('reaches the digits of the NIST reference for a hard polynomial', async () => {
    // Longley-like conditions: x, x², …, x⁵ for x = 0 … 20 and y their sum (NIST StRD “Wampler1”): all coefficients are 1.
    const powers = Array.from({ length: 21 }, (_, x) => [x, x ** 2, x ** 3, x ** 4, x ** 5])
    const y = powers.map((row) => 1 + row.reduce((sum, value) => sum + value, 0))
    const { model } = await fit({ x: powers.flat(), y }, 5)
    expect(distance([...model.coefficients, model.intercept], [1, 1, 1, 1, 1, 1])).toBeLessThan(1e-7)
  })

  it('tells the loss of the train and validation rows', async () => {
    const train = { x: [0, 1, 2, 3], y: [0, 1, 2, 5] }
    const table = learningTable({ train, validation: { x: [4], y: [4] }, width: 1 })
    const { trainingCurve } = await linearRegression.fit(table, { penalty: { kind: 'none' } }, quietRun())
    // y = 1.6 x − 0.4: residuals 0.4, −0.2, −0.8, 0.6 and, for 4, 2.
    expect(distance(trainingCurve.train, [Math.sqrt(1.2 / 4)])).toBeLessThan(1e-6)
    expect(distance(trainingCurve.validation, [2])).toBeLessThan(1e-6)
  })

  it.each<LinearPenalty>([
    { kind: 'squares', strength: 250 },
    { kind: 'absolutes', strength: 0.5, absoluteShare: 0.5 },
  ])('tells the loss of the data, without the penalty: $kind', async (penalty) => {
    const [{ x, y, features }] = datasets
    const { model, trainingCurve } = await fit({ x, y }, features, penalty)
    const predicted = linearRegression.predict(model, { rows: y.length, data: Float32Array.from(x) })
    const squares = y.map((value, row) => (value - predicted[row]!) ** 2)
    expect(
      distance(trainingCurve.train, [Math.sqrt(squares.reduce((sum, value) => sum + value, 0) / y.length)]),
    ).toBeLessThan(1e-6)
  })

  it('leaves features that hardly help at 0 under the L1 penalty, and their importance too', async () => {
    const random = createRandom(8, 'sparse')
    const x = Float32Array.from({ length: 200 * 4 }, () => random.unit())
    const y = Float64Array.from({ length: 200 }, (_, row) => 3 * x[4 * row + 2]! + random.unit() / 10)
    const { model, importances } = await fit({ x, y }, 4, {
      kind: 'absolutes',
      strength: 0.02,
      absoluteShare: 1,
    })
    expect([...model.coefficients].map((value) => value !== 0)).toEqual([false, false, true, false])
    expect(importances).toEqual([0, 0, 1, 0])
    expect(model.degreesOfFreedom).toBe(200 - 1 - 1)
  })

  it('refuses missing and infinite values with the name of the feature', async () => {
    await expect(fit({ x: [1, Number.NaN, 3], y: [1, 2, 3] }, 1)).rejects.toThrow(
      'The feature “feature 0” has no value in 1 of 3 train rows.',
    )
    await expect(fit({ x: [1, Infinity, 3], y: [1, 2, 3] }, 1)).rejects.toThrow(/is infinite in 1 of 3/)
  })
})

describe('the graph of a linear regression', () => {
  it.each([1, 2, 7, 8, 33, 130])(
    'agrees with the reference in any batches, for %i features',
    async (features) => {
      const random = createRandom(features, 'linear graph')
      const rows = 1500
      const model: LinearModel = {
        features,
        coefficients: Float64Array.from({ length: features }, () => random.unit() - 0.5),
        intercept: 100,
        leftOut: [],
        degreesOfFreedom: 1,
      }
      const data = Float32Array.from({ length: rows * features }, () => 2000 * random.unit() - 500)
      const builder = new GraphBuilder()
      const matrix = builder.input('matrix', 'float32', features)
      builder.output('value', linearRegression.emit(builder, matrix, model))
      const session = await openSession(builder.toModel())
      const { value } = await session.run({ rows, columns: { matrix: data } })
      expect(
        distance(value as Float64Array, [...linearRegression.predict(model, { rows, data })]),
      ).toBeLessThan(1e-10)
      await expectSameInBatches(session, { rows, columns: { matrix: data } })
      await session.close()
    },
  )
})
