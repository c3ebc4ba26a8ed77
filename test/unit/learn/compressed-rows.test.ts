import { describe, expect, it } from 'vitest'
import { rowCompressor, joinCompressed } from '../../../src/learn/compressed-rows.ts'
import type { LearningTable } from '../../../src/learn/learner.ts'
import { fitLinear } from '../../../src/learn/linear-regression/fit-linear.ts'
import { fitWideRidge } from '../../../src/learn/linear-regression/fit-wide-ridge.ts'
import { fitLogistic } from '../../../src/learn/logistic-regression/fit-logistic.ts'
import { fitPoisson } from '../../../src/learn/poisson-regression/fit-poisson.ts'
import { findTellTales } from '../../../src/learn/tell-tale-features.ts'
import { createRandom } from '../../../src/tables/random.ts'
import { learningTable, quietRun } from './learning-run.ts'

const width = 12
const random = createRandom(8)
/** Mostly zeros; the first feature hardly ever is one, the last is constant. */
const x = Float32Array.from({ length: 5000 * width }, (_, at) => {
  if (at % width === 0) return random.unit() + 0.1
  if (at % width === width - 1) return 3
  return random.unit() < 0.1 ? Math.fround(2 * random.unit()) : 0
})
const effectOf = (row: number): number => x[row * width]! * 2 - x[row * width + 3]! + x[row * width + 7]!
const rowsOf = (count: number) => Array.from({ length: count }, (_, row) => row)

/** The same table with its rows compressed, in chunks of its own. */
function compressed(table: LearningTable): LearningTable {
  return {
    ...table,
    chunks: () => {
      throw new Error('the dense rows are read')
    },
    async *compressed(part) {
      for await (const chunk of table.chunks(part)) yield rowCompressor()(chunk)
    },
  }
}

function tableOf(valueOf: (row: number) => number, classes?: string[]): LearningTable {
  return learningTable({
    train: { x: x.subarray(0, 4500 * width), y: rowsOf(4500).map(valueOf) },
    validation: { x: x.subarray(4500 * width), y: rowsOf(500).map((row) => valueOf(row + 4500)) },
    width,
    ...(classes && { classes }),
  })
}

const close = (numbers: Float64Array, digits: number) =>
  Array.from(numbers, (number) => expect.closeTo(number, digits) as unknown)

describe('compressed rows', () => {
  it('hold every value other than 0, missing ones too, and can be joined', () => {
    const one = rowCompressor()({ rows: 2, data: Float32Array.of(0, 5, 0, Number.NaN, 0, 0) })
    const other = rowCompressor()({ rows: 1, data: Float32Array.of(0, 0, -1) })
    expect(joinCompressed([one, other])).toEqual({
      rows: 3,
      starts: Uint32Array.of(0, 1, 2, 3),
      features: Uint32Array.of(1, 0, 2),
      values: Float32Array.of(5, Number.NaN, -1),
    })
    expect(rowCompressor()({ rows: 0, data: new Float32Array(0) }).rows).toBe(0)
  })

  it('give logistic regression the coefficients that all rows give', async () => {
    const parameters = { penalty: 'l2', inverseStrength: 1, maximumIterations: 200, tolerance: 1e-8 } as const
    const table = tableOf((row) => Number(effectOf(row) > 1 + Math.sin(row)), ['no', 'yes'])
    const dense = await fitLogistic(table, parameters, quietRun())
    const sparse = await fitLogistic(compressed(table), parameters, quietRun())
    expect([...sparse.model.coefficients]).toEqual(close(dense.model.coefficients, 7))
    expect([...sparse.means!]).toEqual(close(dense.means!, 9))
    expect(sparse.trainingCurve.validation.at(-1)).toBeCloseTo(dense.trainingCurve.validation.at(-1)!, 8)
  })

  it('give Poisson regression the coefficients that all rows give', async () => {
    const parameters = { penalty: 'l2', strength: 0.01, maximumIterations: 200, tolerance: 1e-8 } as const
    const table = tableOf((row) => Math.max(0, Math.round(effectOf(row) + Math.cos(row))))
    const dense = await fitPoisson(table, parameters, quietRun())
    const sparse = await fitPoisson(compressed(table), parameters, quietRun())
    expect([...sparse.model.coefficients]).toEqual(close(dense.model.coefficients, 6))
  })

  it('give ridge regression the solution of all pairs of features', async () => {
    const penalty = { kind: 'squares', strength: 20 } as const
    const table = tableOf((row) => 5 + effectOf(row) + Math.sin(row))
    const solved = await fitLinear(table, { penalty }, quietRun())
    for (const given of [table, compressed(table)]) {
      const { model, trainingCurve } = await fitWideRidge(given, { penalty, run: quietRun() })
      expect([...model.coefficients]).toEqual(close(solved.model.coefficients, 5))
      expect(model.intercept).toBeCloseTo(solved.model.intercept, 5)
      expect(trainingCurve.validation[0]).toBeCloseTo(solved.trainingCurve.validation[0]!, 6)
    }
  })

  it('say what least squares without a penalty cannot take', async () => {
    const fitted = fitWideRidge(
      tableOf((row) => row),
      { penalty: { kind: 'none' }, run: quietRun() },
    )
    await expect(fitted).rejects.toMatchObject({ code: 'learn.too-many-features' })
  })

  it('are watched for features that give the target away', async () => {
    const random = createRandom(2)
    const told = Float32Array.from({ length: 300 * 4 }, (_, at) => {
      if (at % 4 === 2) return Number(Math.floor(at / 4) % 3 === 0)
      return random.unit() < 0.3 ? 1 : 0
    })
    const train = { x: told, y: Array.from({ length: 300 }, (_, row) => Number(row % 3 === 0)) }
    const table = learningTable({ train, width: 4, classes: ['no', 'yes'] })
    expect(await findTellTales(compressed(table))).toEqual([{ feature: 'feature 2', score: 1 }])
    expect(await findTellTales(table)).toEqual([{ feature: 'feature 2', score: 1 }])
  })

  it('are refused where a value is missing', async () => {
    const table = learningTable({
      train: { x: [1, Number.NaN, 3, 0], y: [0, 1] },
      width: 2,
      classes: ['a', 'b'],
    })
    const parameters = { penalty: 'l2', inverseStrength: 1, maximumIterations: 9, tolerance: 1e-4 } as const
    await expect(fitLogistic(compressed(table), parameters, quietRun())).rejects.toMatchObject({
      code: 'learn.feature-missing-values',
    })
  })
})
