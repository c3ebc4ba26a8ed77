import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Fitted } from '../../../src/learn/learner.ts'
import { fitLogistic } from '../../../src/learn/logistic-regression/fit-logistic.ts'
import type { PoissonModel } from '../../../src/learn/poisson-regression/poisson-model.ts'
import type { PoissonParameters } from '../../../src/learn/poisson-regression/poisson-parameters.ts'
import { poissonRegression } from '../../../src/learn/poisson-regression/poisson-regression.ts'
import { GraphBuilder } from '../../../src/onnx/graph-builder.ts'
import { openSession } from '../../../src/onnx/session.ts'
import { learningTable, quietRun, type PartRows } from './learning-run.ts'
import { expectSameInBatches } from './same-in-batches.ts'

/** Made by make-poisson.py with scikit-learn 1.2.1. */
const fixture = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../fixtures/sklearn/poisson.json'), 'utf8'),
) as {
  features: number
  x: number[]
  y: number[]
  fits: {
    name: string
    strength: number
    weights?: number[]
    coefficients: number[]
    intercept: number
    deviance: number
  }[]
}

const tight: PoissonParameters = { penalty: 'none', strength: 1, maximumIterations: 5000, tolerance: 1e-11 }

function fit(
  rows: PartRows,
  width: number,
  changes: Partial<PoissonParameters> = {},
): Promise<Fitted<PoissonModel>> {
  return poissonRegression.fit(learningTable({ train: rows, width }), { ...tight, ...changes }, quietRun())
}

/** The largest distance of two lists, as a share of values above 1. */
function distance(found: ArrayLike<number>, wanted: readonly number[]): number {
  expect(found).toHaveLength(wanted.length)
  return Math.max(
    ...wanted.map((value, index) => Math.abs(found[index]! - value) / Math.max(1, Math.abs(value))),
  )
}

describe('Poisson regression', () => {
  it.each(fixture.fits)('finds the coefficients of scikit-learn: $name', async (expected) => {
    const { x, y, features } = fixture
    const { strength, weights } = expected
    const changes: Partial<PoissonParameters> = strength === 0 ? {} : { penalty: 'l2', strength }
    const { model, trainingCurve } = await fit({ x, y, weights }, features, changes)
    expect(distance(model.coefficients, expected.coefficients)).toBeLessThan(1e-6)
    expect(distance([model.intercept], [expected.intercept])).toBeLessThan(1e-6)
    expect(distance([trainingCurve.train.at(-1)!], [expected.deviance])).toBeLessThan(1e-9)
  })

  it('knows how sure it is: for two groups the error is the root of the summed reciprocal counts', async () => {
    const x = [0, 0, 0, 1, 1, 1, 1]
    const y = [3, 5, 4, 1, 0, 2, 3]
    const { model } = await fit({ x, y }, 1)
    expect(model.coefficients[0]).toBeCloseTo(Math.log(6 / 4 / (12 / 3)), 8)
    expect(model.standardErrors!.coefficients[0]).toBeCloseTo(Math.sqrt(1 / 12 + 1 / 6), 8)
    expect(model.standardErrors!.intercept).toBeCloseTo(Math.sqrt(1 / 12), 8)
  })

  it('knows no errors under a penalty, or of features that are combinations of each other', async () => {
    const y = [3, 5, 4, 1, 0, 2, 3]
    const one = { x: [0, 0, 0, 1, 1, 1, 1], y }
    expect((await fit(one, 1, { penalty: 'l2' })).model.standardErrors).toBeNull()
    const twice = { x: one.x.flatMap((value) => [value, 2 * value]), y }
    expect((await fit(twice, 2)).model.standardErrors).toBeNull()
  })

  it('refuses negative counts, and counts that are all zero', async () => {
    await expect(fit({ x: [1, 2, 3], y: [1, -2, 0] }, 1)).rejects.toThrow(
      'The target “answer” is negative in 1 of 3 rows, but this learner predicts counts.',
    )
    await expect(fit({ x: [1, 2, 3], y: [0, 0, 0] }, 1)).rejects.toThrow('is 0 in every train row')
  })

  it('has a graph that agrees with the reference in any batches', async () => {
    const { x, y, features } = fixture
    const { model } = await fit({ x, y }, features)
    const builder = new GraphBuilder()
    builder.output(
      'value',
      poissonRegression.emit(builder, builder.input('matrix', 'float32', features), model),
    )
    const session = await openSession(builder.toModel())
    const chunk = { rows: y.length, columns: { matrix: Float32Array.from(x) } }
    const { value } = await session.run(chunk)
    const expected = poissonRegression.predict(model, { rows: y.length, data: chunk.columns.matrix })
    expect(distance(value as Float64Array, [...expected])).toBeLessThan(1e-12)
    await expectSameInBatches(session, chunk)
    await session.close()
  })
})

describe('logistic regression without a penalty', () => {
  it('knows how sure it is: for two groups by the reciprocals of the four counts', async () => {
    const x = [0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1]
    const y = [0, 0, 0, 1, 1, 0, 0, 1, 1, 1, 1]
    const table = learningTable({ train: { x, y }, width: 1, classes: ['no', 'yes'] })
    const parameters = {
      penalty: 'none',
      inverseStrength: 1,
      maximumIterations: 1000,
      tolerance: 1e-11,
    } as const
    const { model } = await fitLogistic(table, parameters, quietRun())
    expect(model.standardErrors!.coefficients[0]).toBeCloseTo(Math.sqrt(1 / 3 + 1 / 2 + 1 / 2 + 1 / 4), 7)
    expect(model.standardErrors!.intercept).toBeCloseTo(Math.sqrt(1 / 3 + 1 / 2), 7)
    const ridge = await fitLogistic(table, { ...parameters, penalty: 'l2' }, quietRun())
    expect(ridge.model.standardErrors).toBeNull()
  })
})
