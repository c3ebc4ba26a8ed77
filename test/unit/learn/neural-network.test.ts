import { describe, expect, it } from 'vitest'
import type { Fitted, FitRun, MatrixChunk } from '../../../src/learn/learner.ts'
import { AdamW } from '../../../src/learn/neural-network/adam-w.ts'
import type { NetworkModel } from '../../../src/learn/neural-network/network-model.ts'
import { activations, type NetworkParameters } from '../../../src/learn/neural-network/network-parameters.ts'
import { neuralNetwork } from '../../../src/learn/neural-network/neural-network.ts'
import { GraphBuilder } from '../../../src/onnx/graph-builder.ts'
import { openSession } from '../../../src/onnx/session.ts'
import { createRandom } from '../../../src/tables/random.ts'
import { learningTable, quietRun, type PartRows } from './learning-run.ts'
import { expectSameInBatches } from './same-in-batches.ts'

const small: NetworkParameters = {
  hiddenLayers: [16, 8],
  activation: 'relu',
  dropout: 0,
  batchNormalization: false,
  weightDecay: 0.01,
  learningRate: 0.01,
  schedule: 'constant',
  batchRows: 64,
  epochs: 30,
  patience: 30,
}
const yesNo = ['no', 'yes']

/** Yes where two features have the same sign, which no weighted sum of them can tell; in odd units. */
function checkerboard(rows: number, seed: number): { x: Float32Array; y: Uint16Array } {
  const random = createRandom(seed, 'checkerboard')
  const x = Float32Array.from(
    { length: rows * 3 },
    (_, at) => (random.unit() - 0.5) * (at % 3 === 0 ? 1000 : 1),
  )
  const y = Uint16Array.from({ length: rows }, (_, row) => Number(x[3 * row]! > 0 === x[3 * row + 1]! > 0))
  return { x, y }
}

function fit(
  parts: { train: PartRows; validation?: PartRows; classes?: readonly string[]; width?: number },
  changes: Partial<NetworkParameters> = {},
  run: Partial<FitRun> = {},
): Promise<Fitted<NetworkModel>> {
  const table = learningTable({ width: 3, ...parts })
  return neuralNetwork.fit(table, { ...small, ...changes }, quietRun(run))
}

function accuracy(model: NetworkModel, { x, y }: { x: Float32Array; y: Uint16Array }): number {
  const probabilities = neuralNetwork.predict(model, { rows: y.length, data: x })
  const right = y.filter((code, row) => Number(probabilities[2 * row + 1]! > 0.5) === code)
  return right.length / y.length
}

describe('a neural network', () => {
  it.each([
    {},
    { activation: 'tanh' },
    { activation: 'leaky-relu', schedule: 'cosine' },
    { batchNormalization: true },
    { dropout: 0.1 },
  ] as Partial<NetworkParameters>[])('learns what no linear model can: %j', async (changes) => {
    const train = checkerboard(2000, 1)
    const { model } = await fit({ train, classes: yesNo }, changes)
    expect(accuracy(model, checkerboard(1000, 2))).toBeGreaterThan(0.95)
  })

  it('learns a curve and says its error in the unit of the target', async () => {
    const random = createRandom(3)
    const x = Float32Array.from({ length: 1500 * 3 }, () => 4 * random.unit() - 2)
    const y = Float64Array.from({ length: 1500 }, (_, row) => 5000 + 1000 * Math.sin(2 * x[3 * row]!))
    const rows = {
      train: { x: x.subarray(0, 3000), y: y.subarray(0, 1000) },
      validation: { x: x.subarray(3000), y: y.subarray(1000) },
    }
    const { model, trainingCurve, importances } = await fit(rows, { epochs: 60 })
    const best = trainingCurve.validation[model.epochs.kept - 1]!
    expect(trainingCurve.metric).toBe('rmse')
    expect(best).toBeLessThan(60)
    expect(best).toBe(Math.min(...trainingCurve.validation))
    const predicted = neuralNetwork.predict(model, { rows: 500, data: rows.validation.x })
    const squares = rows.validation.y.map((value, row) => (value - predicted[row]!) ** 2)
    expect(Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / 500)).toBeCloseTo(best, 1)
    expect(importances[0]).toBe(Math.max(...importances))
  })

  it('tells several classes apart', async () => {
    const random = createRandom(6)
    const x = Float32Array.from({ length: 900 * 3 }, () => 2 * random.unit() - 1)
    const y = Uint16Array.from({ length: 900 }, (_, row) => {
      const radius = Math.hypot(x[3 * row]!, x[3 * row + 1]!)
      return radius < 0.5 ? 0 : radius < 0.9 ? 1 : 2
    })
    const { model } = await fit({ train: { x, y }, classes: ['in', 'middle', 'out'] }, { epochs: 60 })
    const probabilities = neuralNetwork.predict(model, { rows: 900, data: x })
    const right = y.filter((code, row) => {
      const own = probabilities.subarray(3 * row, 3 * row + 3)
      return own[code] === Math.max(...own)
    })
    expect(right.length / 900).toBeGreaterThan(0.93)
  })

  it.each([{}, { dropout: 0.2, batchNormalization: true }])(
    'comes to the same weights with one thread and with several: %j',
    async (changes) => {
      const train = checkerboard(500, 1)
      const weights = async (threads: number, seed = 7) => {
        const { model } = await fit(
          { train, classes: yesNo },
          { epochs: 3, batchRows: 200, ...changes },
          { threads, seed },
        )
        return model.layers.flatMap(({ weights, biases }) => [weights, biases])
      }
      const one = await weights(1)
      expect(await weights(2)).toEqual(one)
      expect(await weights(4)).toEqual(one)
      expect(await weights(1, 8)).not.toEqual(one)
    },
  )

  it('stops when the validation loss no longer falls, and keeps the weights that were best', async () => {
    const [train, validation] = [checkerboard(60, 1), checkerboard(400, 2)]
    const { model, trainingCurve } = await fit(
      { train, validation, classes: yesNo },
      { epochs: 500, patience: 5, batchRows: 20, learningRate: 0.03 },
    )
    const { kept, done } = model.epochs
    expect(done).toBe(kept + 5)
    expect(trainingCurve.validation).toHaveLength(done)
    expect(trainingCurve.validation[kept - 1]).toBe(Math.min(...trainingCurve.validation))
  })

  it('takes a row of weight two for two rows, and one of weight zero for none', async () => {
    // All corners of a cube, so that the features are standardized alike in both tables.
    const corners = Array.from({ length: 8 }, (_, corner) =>
      [corner & 1, (corner >> 1) & 1, corner >> 2].map((bit) => 2 * bit - 1),
    ).flat()
    const answers = {
      even: [0, 1, 1, 0, 1, 0, 0, 1],
      first: [0, 1, 0, 1, 0, 1, 0, 1],
      never: [0, 0, 0, 0, 0, 0, 0, 0],
    }
    const curve = async (train: PartRows) =>
      (await fit({ train, classes: yesNo }, { epochs: 20, batchRows: 1000 })).trainingCurve.train
    const x = [...corners, ...corners, ...corners]
    const weighted = await curve({
      x,
      y: [...answers.even, ...answers.first, ...answers.never],
      weights: [2, 1, 0].flatMap((weight) => corners.slice(0, 8).map(() => weight)),
    })
    const repeated = await curve({ x, y: [...answers.even, ...answers.even, ...answers.first] })
    for (const [epoch, loss] of weighted.entries()) expect(loss).toBeCloseTo(repeated[epoch]!, 4)
    expect(weighted.at(-1)).toBeLessThan(weighted[0]! - 0.05)
  })

  it('has an answer for rows with constant features, and none for rows without a value', async () => {
    const x = checkerboard(200, 1).x.map((value, at) => (at % 3 === 2 ? 5 : value))
    const { model, importances } = await fit({ train: { x, y: checkerboard(200, 1).y }, classes: yesNo })
    expect(importances[2]).toBe(0)
    const odd = { rows: 2, data: Float32Array.of(1, 0.2, 1e6, 1, Number.NaN, 5) }
    const session = await openSession(graphOf(model))
    const { answer } = await session.run({ rows: 2, columns: { matrix: odd.data } })
    await session.close()
    for (const found of [answer as Float32Array, neuralNetwork.predict(model, odd)]) {
      expect(found[0]! + found[1]!).toBeCloseTo(1, 6)
      expect([found[2], found[3]]).toEqual([Number.NaN, Number.NaN])
    }
  })

  it('refuses missing values, says when the loss grows beyond bounds, and stops when it is told to', async () => {
    const { x, y } = checkerboard(100, 1)
    const missing = { train: { x: x.with(4, Number.NaN), y }, classes: yesNo }
    await expect(fit(missing)).rejects.toThrow('The feature “feature 1” has no value in 1 of 100 train rows.')
    const numbers = { train: { x, y: Float64Array.from(y) } }
    await expect(fit(numbers, { learningRate: 1e30, epochs: 50 })).rejects.toThrow(
      'The loss grew beyond all bounds',
    )
    const controller = new AbortController()
    const cancelled = fit(
      { train: { x, y }, classes: yesNo },
      { epochs: 100_000, patience: 100_000 },
      {
        signal: controller.signal,
        threads: 2,
        progress: ({ note }) => note?.startsWith('epoch 3 ') && controller.abort(),
      },
    )
    await expect(cancelled).rejects.toThrow(/abort/i)
  })

  it('says that without validation rows nothing tells the best epoch', async () => {
    const { warnings } = await fit({ train: checkerboard(50, 1), classes: yesNo }, { epochs: 1 })
    expect(warnings).toEqual([expect.stringMatching(/no validation rows/)])
  })
})

describe('the graph of a neural network', () => {
  it.each(activations)('agrees with the reference in any batches, with %s', async (activation) => {
    const { x, y } = checkerboard(300, 9)
    for (const classes of [yesNo, undefined]) {
      const { model } = await fit(
        { train: { x, y }, ...(classes && { classes }) },
        { activation, epochs: 2, batchNormalization: activation === 'tanh' },
      )
      const chunk: MatrixChunk = { rows: 300, data: x }
      const session = await openSession(graphOf(model))
      const { answer } = await session.run({ rows: 300, columns: { matrix: x } })
      const expected = neuralNetwork.predict(model, chunk)
      const off = Array.from(expected, (value, at) => Math.abs(value - (answer as Float32Array)[at]!))
      expect(Math.max(...off)).toBeLessThan(1e-6)
      await expectSameInBatches(session, { rows: 300, columns: { matrix: x } })
      await session.close()
    }
  })
})

describe('AdamW', () => {
  it('takes a first step of the learning rate against the sign of each derivative, and decays weights alone', () => {
    const blocks = [
      { name: 'weights', at: 0, rows: 1, columns: 2, decays: true },
      { name: 'biases', at: 2, rows: 1, columns: 1, decays: false },
    ]
    const weights = Float32Array.of(1, -2, 3)
    new AdamW(blocks, 3, 0.5).step(weights, Float32Array.of(0.25, -40, 7), 0.1)
    // w · (1 − 0.1 · 0.5) − 0.1 · sign
    const wanted = [0.95 - 0.1, -1.9 + 0.1, 3 - 0.1]
    for (const [index, value] of wanted.entries()) expect(weights[index]).toBeCloseTo(value, 6)
  })

  it('follows the formula of the paper over several steps', () => {
    const block = { name: 'weights', at: 0, rows: 1, columns: 1, decays: true }
    const adam = new AdamW([block], 1, 0)
    const weights = Float32Array.of(0.5)
    let [value, first, second] = [0.5, 0, 0]
    for (const [index, slope] of [0.3, -0.1, 0.7, 0.2].entries()) {
      adam.step(weights, Float32Array.of(slope), 0.01)
      first = 0.9 * first + 0.1 * slope
      second = 0.999 * second + 0.001 * slope ** 2
      const [mean, spread] = [first / (1 - 0.9 ** (index + 1)), second / (1 - 0.999 ** (index + 1))]
      value -= (0.01 * mean) / (Math.sqrt(spread) + 1e-8)
    }
    expect(weights[0]).toBeCloseTo(value, 6)
  })
})

function graphOf(model: NetworkModel): Uint8Array {
  const builder = new GraphBuilder()
  builder.output(
    'answer',
    neuralNetwork.emit(builder, builder.input('matrix', 'float32', model.features), model),
  )
  return builder.toModel()
}
