import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { BoostingParameters } from '../../../src/learn/gradient-boosted-trees/boosting-parameters.ts'
import { fitTrees } from '../../../src/learn/gradient-boosted-trees/fit-trees.ts'
import { predictWithTrees } from '../../../src/learn/gradient-boosted-trees/predict-trees.ts'
import type { TreesModel } from '../../../src/learn/gradient-boosted-trees/trees-model.ts'
import type { LearningTable } from '../../../src/learn/learner.ts'
import { createRandom } from '../../../src/tables/random.ts'
import { learningTable, quietRun, type PartRows } from './learning-run.ts'

const parameters: BoostingParameters = {
  trees: 20,
  learningRate: 0.2,
  leaves: 15,
  minimumRowsInLeaf: 5,
  minimumGain: 0,
  l1: 0,
  l2: 0,
  bins: 255,
  rowShare: 1,
  columnShare: 1,
  earlyStoppingRounds: 0,
}
const yesNo = ['no', 'yes']

/** Five features, a tenth of the values missing; classes depend on the first two and on whether the third is there. */
function someRows(rows: number, seed = 1) {
  const random = createRandom(seed)
  const x = Float32Array.from({ length: rows * 5 }, () =>
    random.unit() < 0.1 ? NaN : random.unit() * 10 - 5,
  )
  const score = Array.from({ length: rows }, (_, row) => {
    const [first, second, third] = [x[row * 5]!, x[row * 5 + 1]!, x[row * 5 + 2]!]
    return (first || 0) * (second || 1) + (Number.isNaN(third) ? 6 : 0) + random.unit() * 10 - 5
  })
  return { x, y: score.map((value) => Number(value > 0)), score }
}

const classTable = (rows: number, weights?: ArrayLike<number>): LearningTable =>
  learningTable({ train: { ...someRows(rows), weights }, width: 5, classes: yesNo })

describe('a split', () => {
  const value = fc.oneof(fc.constant(NaN), fc.integer({ min: -4, max: 4 }))
  const table = fc.array(
    fc.record({ x: fc.array(value, { minLength: 2, maxLength: 2 }), y: fc.integer({ min: -9, max: 9 }) }),
    {
      minLength: 4,
      maxLength: 25,
    },
  )

  it('is the best of all, missing values to either side', async () => {
    await fc.assert(
      fc.asyncProperty(
        table,
        fc.constantFrom(0, 1),
        fc.constantFrom(1, 2, 3),
        async (rows, l2, minimumRowsInLeaf) => {
          const learning = learningTable({
            train: { x: rows.flatMap((row) => row.x), y: rows.map((row) => row.y) },
            width: 2,
          })
          const stump = { ...parameters, trees: 1, leaves: 2, l2, minimumRowsInLeaf }
          const { model } = await fitTrees(learning, stump, quietRun())
          const wanted = bestGain(rows, { l2, minimumRowsInLeaf })
          expect(model.trees[0]?.gains[0] ?? 0).toBeCloseTo(wanted, 2)
        },
      ),
    )
  })
})

/** Tries every cut of every feature with missing rows left and right, by the sums of residuals on both sides. */
function bestGain(
  rows: readonly { x: number[]; y: number }[],
  { l2, minimumRowsInLeaf }: { l2: number; minimumRowsInLeaf: number },
): number {
  const mean = rows.reduce((sum, { y }) => sum + y, 0) / rows.length
  const score = (side: readonly { y: number }[]) =>
    side.reduce((sum, { y }) => sum + y - mean, 0) ** 2 / (side.length + l2)
  let best = 0
  for (const feature of [0, 1]) {
    for (const cut of [...rows.map(({ x }) => x[feature]!), Infinity]) {
      for (const missingLeft of [true, false]) {
        const goesLeft = ({ x }: { x: number[] }) =>
          Number.isNaN(x[feature]!) ? missingLeft : x[feature]! <= cut
        const left = rows.filter(goesLeft)
        const right = rows.filter((row) => !goesLeft(row))
        if (Math.min(left.length, right.length) < minimumRowsInLeaf) continue
        best = Math.max(best, score(left) + score(right) - score(rows))
      }
    }
  }
  return best < 1e-9 ? 0 : best
}

describe('boosted trees', () => {
  it('give equal bytes for equal tables and seeds, whatever the chunks and threads', async () => {
    const table = classTable(9000)
    const sampled = { ...parameters, rowShare: 0.6, columnShare: 0.6 }
    const inOneChunk: LearningTable = {
      ...table,
      async *chunks() {
        yield { rows: 9000, data: someRows(9000).x }
      },
    }
    const first = await fitTrees(table, sampled, quietRun({ seed: 3 }))
    expect(await fitTrees(inOneChunk, sampled, quietRun({ seed: 3, threads: 2 }))).toEqual(first)
    expect(await fitTrees(table, sampled, quietRun({ seed: 4 }))).not.toEqual(first)
  })

  it('do not depend on the order of the rows', async () => {
    const { x, y } = someRows(3000)
    const backwards = {
      x: Float32Array.from(x, (_, index) => x[(2999 - Math.floor(index / 5)) * 5 + (index % 5)]!),
      y: y.toReversed(),
    }
    const model = async (train: { x: Float32Array; y: number[] }) =>
      (await fitTrees(learningTable({ train, width: 5, classes: yesNo }), parameters, quietRun())).model
    expect(await model(backwards)).toEqual(await model({ x, y }))
  })

  it('lower the loss of the train rows with every tree, and tell it', async () => {
    const { trainingCurve, model } = await fitTrees(classTable(2000), parameters, quietRun())
    expect(trainingCurve.metric).toBe('log_loss')
    expect(trainingCurve.train).toHaveLength(20)
    expect(trainingCurve.train).toEqual(trainingCurve.train.toSorted((a, b) => b - a))
    const { x, y } = someRows(2000)
    const answers = predictWithTrees(model, { rows: 2000, data: x })
    const loss = y.reduce((sum, code, row) => sum - Math.log(answers[2 * row + code]!), 0) / 2000
    expect(trainingCurve.train.at(-1)).toBeCloseTo(loss, 5)
  })

  it('keep the number of trees that is best on validation rows', async () => {
    const table = learningTable({
      train: someRows(400),
      validation: someRows(400, 2),
      width: 5,
      classes: yesNo,
    })
    const stopping = { ...parameters, trees: 500, earlyStoppingRounds: 8 }
    const { model, trainingCurve } = await fitTrees(table, stopping, quietRun())
    const losses = trainingCurve.validation
    const best = losses.indexOf(Math.min(...losses))
    expect(model.trees).toHaveLength(best + 1)
    expect(losses).toHaveLength(best + 1 + 8)
    const { x, y } = someRows(400, 2)
    const answers = predictWithTrees(model, { rows: 400, data: x })
    const loss = y.reduce((sum, code, row) => sum - Math.log(answers[2 * row + code]!), 0) / 400
    expect(losses[best]).toBeCloseTo(loss, 5)
  })

  it('treat a row of weight two as two rows, and equal weights as none', async () => {
    const { x, y } = someRows(1000)
    const rounded = x.map(Math.round)
    const loose = { ...parameters, minimumRowsInLeaf: 1, leaves: 4 }
    const answersOf = async (train: PartRows) => {
      const { model } = await fitTrees(learningTable({ train, width: 5, classes: yesNo }), loose, quietRun())
      return predictWithTrees(model, { rows: 1000, data: rounded })
    }
    const weights = y.map((_, row) => (row < 500 ? 2 : 1))
    const twice = { x: [...rounded, ...rounded.subarray(0, 2500)], y: [...y, ...y.slice(0, 500)] }
    const ofTwice = await answersOf(twice)
    for (const [index, answer] of (await answersOf({ x: rounded, y, weights })).entries()) {
      expect(answer).toBeCloseTo(ofTwice[index]!, 6)
    }
    expect(await answersOf({ x: rounded, y, weights: y.map(() => 1) })).toEqual(
      await answersOf({ x: rounded, y }),
    )
  })

  it('keep to the limits of leaves, depth and rows', async () => {
    const limited = { ...parameters, leaves: 9, depth: 3, minimumRowsInLeaf: 40 }
    const { model } = await fitTrees(classTable(2000), limited, quietRun())
    for (const tree of model.trees) {
      expect(tree.leafValues.length).toBeLessThanOrEqual(8)
      expect(depthOf(tree, 0)).toBeLessThanOrEqual(3)
      expect(Math.min(...leafSizes(model, tree, 2000))).toBeGreaterThanOrEqual(40)
    }
  })

  it('use penalties and the least gain to grow less', async () => {
    const leaves = async (changes: Partial<BoostingParameters>) => {
      const { model } = await fitTrees(classTable(1000), { ...parameters, ...changes }, quietRun())
      return model.trees.flatMap((tree) => Array.from(tree.leafValues))
    }
    const sizeOf = (values: readonly number[]) => values.reduce((sum, value) => sum + Math.abs(value), 0)
    const free = await leaves({})
    expect((await leaves({ minimumGain: 5 })).length).toBeLessThan(free.length)
    expect(sizeOf(await leaves({ l2: 50 }))).toBeLessThan(sizeOf(free))
    expect(sizeOf(await leaves({ l1: 5 }))).toBeLessThan(sizeOf(free))
    expect(await leaves({ l1: 1e6 })).toEqual([])
  })

  it('find the features that matter', async () => {
    const { importances } = await fitTrees(classTable(3000), parameters, quietRun())
    expect(importances.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12)
    expect(Math.min(...importances.slice(0, 3))).toBeGreaterThan(Math.max(...importances.slice(3)))
  })

  it('leave large numbers their digits', async () => {
    const { x, score } = someRows(2000)
    const y = score.map((value) => 1.7e12 + 1e9 * value)
    const { model, trainingCurve } = await fitTrees(
      learningTable({ train: { x, y }, width: 5 }),
      parameters,
      quietRun(),
    )
    const answers = predictWithTrees(model, { rows: 2000, data: x })
    const squares = y.reduce((sum, value, row) => sum + (value - answers[row]!) ** 2, 0)
    expect(trainingCurve.train.at(-1)! / Math.sqrt(squares / 2000)).toBeCloseTo(1, 6)
    expect(Math.sqrt(squares / 2000)).toBeLessThan(5e9)
  })

  it('refuse no rows, no features and bad weights', async () => {
    const empty = learningTable({ train: { x: [], y: [] }, width: 1, classes: yesNo })
    await expect(fitTrees(empty, parameters, quietRun())).rejects.toMatchObject({ code: 'learn.no-rows' })
    const bare = { ...classTable(10), features: [] }
    await expect(fitTrees(bare, parameters, quietRun())).rejects.toMatchObject({ code: 'learn.no-features' })
    for (const weights of [
      [1, -1],
      [1, NaN],
      [1, Infinity],
      [0, 0],
    ]) {
      const weighted = learningTable({ train: { x: [1, 2], y: [0, 1], weights }, width: 1, classes: yesNo })
      await expect(fitTrees(weighted, parameters, quietRun())).rejects.toMatchObject({
        code: 'learn.weight-unusable',
      })
    }
  })

  it('let a cancel message in while they grow', async () => {
    const controller = new AbortController()
    setTimeout(() => controller.abort(), 50)
    const long = fitTrees(
      classTable(20_000),
      { ...parameters, trees: 5000 },
      quietRun({ signal: controller.signal }),
    )
    await expect(long).rejects.toThrow('aborted')
  })
})

type Tree = TreesModel['trees'][number]

function depthOf(tree: Tree, node: number): number {
  return node < 0 ? 0 : 1 + Math.max(depthOf(tree, tree.left[node]!), depthOf(tree, tree.right[node]!))
}

/** How many rows each leaf answers for, told apart by its value. */
function leafSizes(model: TreesModel, tree: Tree, rows: number): number[] {
  const sizes = new Map<number, number>()
  const single = { ...model, link: 'identity' as const, bases: [0], trees: [tree] }
  for (const answer of predictWithTrees(single, { rows, data: someRows(rows).x })) {
    sizes.set(answer, (sizes.get(answer) ?? 0) + 1)
  }
  return [...sizes.values()]
}
