import { describe, expect, it } from 'vitest'
import type { BoostingParameters } from '../../../src/learn/gradient-boosted-trees/boosting-parameters.ts'
import { fitTrees } from '../../../src/learn/gradient-boosted-trees/fit-trees.ts'
import { predictWithTrees } from '../../../src/learn/gradient-boosted-trees/predict-trees.ts'
import type { ForestParameters } from '../../../src/learn/random-forest/forest-parameters.ts'
import { randomForest } from '../../../src/learn/random-forest/random-forest.ts'
import { createRandom } from '../../../src/tables/random.ts'
import { learningTable, quietRun } from './learning-run.ts'

const boosting: BoostingParameters = {
  trees: 10,
  learningRate: 0.3,
  leaves: 15,
  minimumRowsInLeaf: 1,
  minimumGain: 0,
  l1: 0,
  l2: 0,
  bins: 255,
  rowShare: 1,
  columnShare: 1,
  earlyStoppingRounds: 0,
}
const forest: ForestParameters = {
  trees: 10,
  splits: 'best',
  bootstrap: true,
  minimumRowsInLeaf: 1,
  bins: 255,
}
const random = createRandom(17)
const values = (length: number, of: (index: number) => number) =>
  Float32Array.from({ length }, (_, index) => of(index))

const hardTables = {
  'one row': { x: [1, 2], y: [5], width: 2 },
  'constant columns and columns without values': {
    x: values(300, (index) => [1, NaN, index][index % 3]!),
    y: values(100, (index) => index % 7),
    width: 3,
  },
  'no value at all': { x: values(40, () => NaN), y: values(20, (index) => index % 2), width: 2 },
  'more columns than rows': {
    x: values(60_000, () => random.unit()),
    y: values(20, (index) => index % 2),
    width: 3000,
  },
  'infinite values': {
    x: values(400, (index) => [Infinity, -Infinity, index % 5, NaN][index % 4]!),
    y: values(200, (index) => index % 3),
    width: 2,
  },
  'huge and tiny values': {
    x: values(400, (index) => (random.unit() - 0.5) * 10 ** ((index % 70) - 35)),
    y: values(200, (index) => (index % 2 === 0 ? 3e37 : -3e37)),
    width: 2,
  },
  'a target that is perfectly fitted': { x: [0, 1, 0, 1], y: [0, 1, 0, 1], width: 1 },
}

describe('trees, given a hard table, answer every row with a number', () => {
  for (const [name, { x, y, width }] of Object.entries(hardTables)) {
    it(`of ${name}`, async () => {
      const table = learningTable({ train: { x, y }, width })
      const chunk = { rows: y.length, data: Float32Array.from(x) }
      const boosted = await fitTrees(table, { ...boosting, rowShare: 0.8 }, quietRun())
      const grown = await randomForest.fit(table, forest, quietRun())
      const answers = [...predictWithTrees(boosted.model, chunk), ...randomForest.predict(grown.model, chunk)]
      expect(answers).toHaveLength(2 * y.length)
      expect(answers.every(Number.isFinite)).toBe(true)
      for (const { importances } of [boosted, grown])
        expect(importances.every((share) => share >= 0 && share <= 1 + 1e-12)).toBe(true)
    })
  }
})

describe('boosted trees', () => {
  it('take a million categories in little memory, and learn from the frequent ones', async () => {
    const rows = 60_000
    const x = values(rows, (row) => (row % 2 === 0 ? row % 8 : 1_000_000 - row))
    const y = values(rows, (row) => (row % 8 === 4 ? 1 : 0))
    const table = learningTable({ train: { x, y }, width: 1 })
    const { model } = await fitTrees(table, { ...boosting, categorical: ['feature 0'] }, quietRun())
    const data = Float32Array.of(4, 2, 999_999, 123_456_789)
    const [four, two, ...others] = predictWithTrees(model, { rows: 4, data })
    expect(four).toBeGreaterThan(0.9)
    for (const answer of [two!, ...others]) expect(answer).toBeLessThan(0.1)
  })

  it('say that the loss is too large', async () => {
    const table = learningTable({ train: { x: [1, 2, 3], y: [3.4e38, -3.4e38, 3.4e38] }, width: 1 })
    await expect(fitTrees(table, boosting, quietRun())).rejects.toMatchObject({
      code: 'learn.loss-too-large',
    })
  })

  it('do not end where weights leave a class without any', async () => {
    const y = [0, 1, 0, 1, 0, 1]
    const train = { x: [1, 2, 3, 4, 5, 6], y, weights: y }
    const table = learningTable({ train, width: 1, classes: ['no', 'yes'] })
    const { model } = await fitTrees(table, boosting, quietRun())
    expect(predictWithTrees(model, { rows: 1, data: Float32Array.of(3) })[1]).toBeGreaterThan(0.99)
  })

  it('grow anew what they have no room to remember, and answer as if they had', async () => {
    // So wide that only a few histograms of its many leaves are kept.
    const width = 600
    const rows = 400
    const x = values(rows * width, () => Math.fround(random.unit()))
    const y = values(rows, (row) => x[row * width]! * 3 + Math.round(x[row * width + 5]! * 4))
    const table = learningTable({ train: { x, y }, width })
    const wide = { ...boosting, trees: 1, leaves: 300 }
    const { model, trainingCurve } = await fitTrees(table, wide, quietRun())
    expect(model.trees[0]!.leafValues).toHaveLength(300)
    const answers = predictWithTrees(model, { rows, data: x })
    const squares = y.reduce((sum, value, row) => sum + (value - answers[row]!) ** 2, 0)
    expect(trainingCurve.train[0]! ** 2).toBeCloseTo(squares / rows, 6)
  })

  it('are the same on any number of threads, with every loss', async () => {
    const width = 12
    const rows = 9001
    const x = values(rows * width, (index) =>
      index % width > 6 ? Number(random.unit() < 0.3) : random.unit() < 0.1 ? NaN : random.unit(),
    )
    const codes = values(rows, (row) =>
      Math.min(2, Math.floor(3 * Math.abs(Math.sin(4 * (x[row * width] || 0) + x[row * width + 8]!)))),
    )
    const split = (from: number, to: number, y: Float32Array) => ({
      x: x.subarray(from * width, to * width),
      y: y.subarray(from, to),
    })
    const tableOf = (y: Float32Array, classes?: string[]) =>
      learningTable({
        train: split(0, 7001, y),
        validation: split(7001, rows, y),
        width,
        ...(classes && { classes }),
      })
    const sampled = { ...boosting, minimumRowsInLeaf: 20, columnShare: 0.8, earlyStoppingRounds: 5 }
    const cases = [
      [tableOf(codes, ['a', 'b', 'c']), sampled],
      [
        tableOf(
          codes.map((code) => Math.min(code, 1)),
          ['a', 'b'],
        ),
        sampled,
      ],
      [tableOf(codes), { ...sampled, rowShare: 0.7 }],
      [tableOf(codes), { ...sampled, loss: 'absolute' }],
      [tableOf(codes), { ...sampled, loss: 'poisson', increasing: ['feature 0'] }],
    ] as const
    for (const [table, parameters] of cases) {
      const fitted = await fitTrees(table, parameters, quietRun({ threads: 1 }))
      expect(await fitTrees(table, parameters, quietRun({ threads: 3 }))).toEqual(fitted)
    }
  })
})
