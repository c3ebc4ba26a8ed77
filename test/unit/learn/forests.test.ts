import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Learner } from '../../../src/learn/learner.ts'
import { rSquared } from '../../../src/learn/metrics/regression-errors.ts'
import { rocAuc } from '../../../src/learn/metrics/roc-curve.ts'
import type { ForestModel } from '../../../src/learn/random-forest/forest-model.ts'
import type { ForestParameters } from '../../../src/learn/random-forest/forest-parameters.ts'
import { extraTrees, randomForest } from '../../../src/learn/random-forest/random-forest.ts'
import { GraphBuilder } from '../../../src/onnx/graph-builder.ts'
import { openSession } from '../../../src/onnx/session.ts'
import { learningTable, quietRun } from './learning-run.ts'
import { expectSameInBatches } from './same-in-batches.ts'

/** Made by test/fixtures/sklearn/make-forests.py with scikit-learn 1.2.1. */
const peer = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../fixtures/sklearn/forests.json'), 'utf8'),
) as Record<string, number>

const width = 8
const { train, test } = makeTable()
const three = ['low', 'middle', 'high']
const two = ['low', 'high']
const inThree = (y: number[]) => y.map((value) => Number(value >= 12) + Number(value >= 16))
const inTwo = (y: number[]) => y.map((value) => Number(value > 14))

/** As in the script. */
const random: ForestParameters = {
  trees: 100,
  splits: 'best',
  bootstrap: true,
  minimumRowsInLeaf: 3,
  bins: 255,
}
const extra: ForestParameters = { ...random, splits: 'random', bootstrap: false }

function makeTable(rows = 5000) {
  let state = 99
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
  const parts = {
    train: { x: [] as number[], y: [] as number[] },
    test: { x: [] as number[], y: [] as number[] },
  }
  for (let row = 0; row < rows; row++) {
    const x = Array.from({ length: width }, next).map(Math.fround)
    const [a, b, c, d, e] = x as [number, number, number, number, number]
    const y = 10 * Math.sin(Math.PI * a * b) + 20 * (c - 0.5) ** 2 + 10 * d + 5 * e + 4 * (next() - 0.5)
    const part = row % 5 === 4 ? parts.test : parts.train
    part.x.push(...x)
    part.y.push(y)
  }
  return parts
}

async function fit(
  learner: Learner<ForestParameters, ForestModel>,
  parameters: ForestParameters,
  { y, classes, threads = 1 }: { y: number[]; classes?: readonly string[]; threads?: number },
) {
  const table = learningTable({ train: { x: train.x, y }, width, ...(classes && { classes }) })
  const fitted = await learner.fit(table, parameters, quietRun({ threads }))
  const chunk = { rows: test.y.length, data: Float32Array.from(test.x) }
  return { ...fitted, answers: learner.predict(fitted.model, chunk) }
}

const auc = (answers: ArrayLike<number>) =>
  rocAuc({
    positive: Uint8Array.from(inTwo(test.y)),
    scores: Float32Array.from(test.y, (_, row) => answers[2 * row + 1]!),
  }).value!

const r2 = (answers: ArrayLike<number>) =>
  rSquared({ actual: Float64Array.from(test.y), predicted: Float64Array.from(answers) }).value!

function accuracy(answers: ArrayLike<number>) {
  const right = inThree(test.y).filter((code, row) => {
    const shares = [0, 1, 2].map((each) => answers[3 * row + each]!)
    return shares.indexOf(Math.max(...shares)) === code
  })
  return right.length / test.y.length
}

describe('forests do as well as scikit-learn’s', () => {
  it('from the same table', () => {
    expect([...train.x, ...test.x].reduce((sum, value) => sum + value, 0)).toBeCloseTo(peer['sum']!, 3)
  })

  it('random ones', async () => {
    const amounts = await fit(randomForest, { ...random, columnShare: 0.5 }, { y: train.y })
    expect(r2(amounts.answers)).toBeGreaterThan(peer['random_r2']! - 0.01)
    expect(Math.abs(amounts.metrics!['out_of_bag_r2']! - peer['oob_r2']!)).toBeLessThan(0.01)
    const classes = await fit(randomForest, random, { y: inThree(train.y), classes: three })
    expect(accuracy(classes.answers)).toBeGreaterThan(peer['random_accuracy']! - 0.02)
    expect(Math.abs(classes.metrics!['out_of_bag_accuracy']! - peer['oob_accuracy']!)).toBeLessThan(0.015)
    const binary = await fit(randomForest, random, { y: inTwo(train.y), classes: two })
    expect(auc(binary.answers)).toBeGreaterThan(peer['random_auc']! - 0.005)
    expect(Math.min(...classes.importances.slice(0, 5))).toBeGreaterThan(
      Math.max(...classes.importances.slice(5)),
    )
  })

  it('extremely random ones', async () => {
    const amounts = await fit(extraTrees, { ...extra, columnShare: 0.5 }, { y: train.y })
    expect(r2(amounts.answers)).toBeGreaterThan(peer['extra_r2']! - 0.01)
    expect(amounts.metrics).toEqual({})
    const classes = await fit(extraTrees, extra, { y: inThree(train.y), classes: three })
    expect(accuracy(classes.answers)).toBeGreaterThan(peer['extra_accuracy']! - 0.02)
    const binary = await fit(extraTrees, extra, { y: inTwo(train.y), classes: two })
    expect(auc(binary.answers)).toBeGreaterThan(peer['extra_auc']! - 0.005)
  })
})

describe('forests', () => {
  const small = { ...random, trees: 12 }

  it('are the same on any number of threads', async () => {
    for (const [y, classes] of [
      [train.y, undefined],
      [inThree(train.y), three],
    ] as const) {
      const of = (threads: number) =>
        fit(randomForest, small, { y: [...y], threads, ...(classes && { classes }) })
      const first = await of(1)
      expect(await of(3)).toEqual(first)
    }
  })

  it('answer in the graph as the reference does, bit for bit', async () => {
    const data = Float32Array.from(test.x, (value, index) => (index % 17 === 0 ? NaN : value))
    for (const [y, classes] of [
      [train.y, undefined],
      [inTwo(train.y), two],
      [inThree(train.y), three],
    ] as const) {
      const { model } = await fit(randomForest, small, { y: [...y], ...(classes && { classes }) })
      const builder = new GraphBuilder()
      builder.output('answer', randomForest.emit(builder, builder.input('matrix', 'float32', width), model))
      const session = await openSession(builder.toModel())
      const { answer } = await session.run({ rows: test.y.length, columns: { matrix: data } })
      expect(answer).toEqual(randomForest.predict(model, { rows: test.y.length, data }))
      await expectSameInBatches(session, { rows: test.y.length, columns: { matrix: data } })
      await session.close()
    }
  })

  it('keep to depth and rows, and learn what a missing value means', async () => {
    const x = Array.from({ length: 400 }, (_, row) => (row % 4 === 0 ? NaN : row % 7))
    const y = x.map((value) => Number(Number.isNaN(value)))
    const table = learningTable({ train: { x, y }, width: 1, classes: two })
    const { model } = await randomForest.fit(table, { ...small, depth: 1 }, quietRun())
    const answers = randomForest.predict(model, { rows: 2, data: Float32Array.of(NaN, 3) })
    expect(answers[1]).toBeCloseTo(1, 6)
    expect(answers[3]).toBeCloseTo(0, 6)
    expect(model.trees.every(({ features }) => features.length === 1)).toBe(true)
    const extremely = await extraTrees.fit(table, { ...extra, trees: 12 }, quietRun())
    expect(extraTrees.predict(extremely.model, { rows: 1, data: Float32Array.of(NaN) })[1]).toBeGreaterThan(
      0.9,
    )
  })

  it('answer with the constant where nothing can be split', async () => {
    const table = learningTable({ train: { x: [1, 1, 1], y: [2, 3, 7] }, width: 1 })
    const { model } = await randomForest.fit(table, { ...extra, trees: 3 }, quietRun())
    expect(randomForest.predict(model, { rows: 1, data: Float32Array.of(5) })[0]).toBeCloseTo(4, 6)
  })

  it('are given up on cancel', async () => {
    const controller = new AbortController()
    setTimeout(() => controller.abort(), 50)
    const table = learningTable({ train, width })
    for (const threads of [1, 2]) {
      const run = quietRun({ threads, signal: controller.signal })
      await expect(randomForest.fit(table, { ...random, trees: 5000 }, run)).rejects.toThrow('aborted')
    }
  })
})
