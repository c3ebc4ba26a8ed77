import { describe, expect, it } from 'vitest'
import { fitNetwork } from '../../../src/learn/neural-network/fit-network.ts'
import { emitNetwork } from '../../../src/learn/neural-network/emit-network.ts'
import type { NetworkParameters } from '../../../src/learn/neural-network/network-parameters.ts'
import { learnedBlocks, shapeOf, viewOf } from '../../../src/learn/neural-network/network-shape.ts'
import { openGradients } from '../../../src/learn/neural-network/open-gradients.ts'
import { openPartTrainer } from '../../../src/learn/neural-network/part-trainer.ts'
import { predictWithNetwork } from '../../../src/learn/neural-network/predict-network.ts'
import { allocateTraining, planTraining } from '../../../src/learn/neural-network/training-memory.ts'
import { GraphBuilder } from '../../../src/onnx/graph-builder.ts'
import { openSession } from '../../../src/onnx/session.ts'
import { createRandom } from '../../../src/tables/random.ts'
import { learningTable, quietRun } from './learning-run.ts'

const parameters: NetworkParameters = {
  hiddenLayers: [4],
  activation: 'tanh',
  embeddings: [{ column: 'feature 1', size: 2 }],
  dropout: 0,
  batchNormalization: false,
  weightDecay: 0,
  learningRate: 0.02,
  schedule: 'constant',
  batchRows: 64,
  epochs: 40,
  patience: 40,
}

/** A number and a code of 20 categories; the answer is an effect of the category, in no order, and a slope. */
const random = createRandom(12)
const effects = Array.from({ length: 20 }, () => 4 * random.unit() - 2)
const rows = 1200
const x = Float32Array.from({ length: rows * 2 }, (_, at) =>
  at % 2 === 0 ? random.unit() : random.below(20),
)
const y = Float64Array.from({ length: rows }, (_, row) => effects[x[2 * row + 1]!]! + 0.5 * x[2 * row]!)
const table = learningTable({
  train: { x: x.subarray(0, 2000), y: y.subarray(0, 1000) },
  validation: { x: x.subarray(2000), y: y.subarray(1000) },
  width: 2,
})

describe('the embeddings of a network', () => {
  it('have the derivatives that differences give, for codes that come again too', async () => {
    const count = 9
    const embedded = [
      { feature: 0, size: 2, codes: 3 },
      { feature: 2, size: 1, codes: 2 },
    ]
    const shape = shapeOf(3, { outputs: 1, head: 'identity' }, parameters, embedded)
    const plan = planTraining({
      engine: 'onnx',
      shape,
      rows: count,
      dropout: 0,
      seed: 1,
      hasWeights: false,
      batchRows: count,
    })
    const memory = allocateTraining(plan)
    const weights = Float64Array.from({ length: shape.size }, () => Math.fround(2 * random.unit() - 1))
    memory.weights.set(weights)
    for (let row = 0; row < count; row++) {
      // The last code of each is that of unknown ones.
      memory.rows.set([row % 4, random.unit(), row % 3], row * 3)
      memory.targets[row] = random.unit()
      memory.order[row] = count - 1 - row
    }
    const trainer = openPartTrainer(plan, memory, await openGradients(plan))
    await trainer.train({ first: 0, rows: count, step: 0 }, 0)
    await trainer.close()
    const [hidden, last] = shape.layers
    const lossOf = (all: Float64Array): number => {
      let loss = 0
      for (let row = 0; row < count; row++) {
        const [first, plain, second] = memory.rows.subarray(row * 3, row * 3 + 3)
        const at = (index: number, code: number, column: number) => {
          const block = shape.embeddings[index]!.table
          return all[block.at + code * block.columns + column]!
        }
        const inputs = [plain!, at(0, first!, 0), at(0, first!, 1), at(1, second!, 0)]
        const units = [0, 1, 2, 3].map((unit) =>
          Math.tanh(
            inputs.reduce(
              (sum, value, input) => sum + value * all[hidden!.weights.at + input * 4 + unit]!,
              all[hidden!.biases.at + unit]!,
            ),
          ),
        )
        const value = units.reduce(
          (sum, unit, index) => sum + unit * all[last!.weights.at + index]!,
          all[last!.biases.at]!,
        )
        loss += (value - memory.targets[row]!) ** 2 / 2 / count
      }
      return loss
    }
    const off = Array.from(weights, (_, index) => {
      const moved = (by: number) => lossOf(weights.map((value, at) => (at === index ? value + by : value)))
      return Math.abs(memory.derivatives[0]![index]! - (moved(1e-6) - moved(-1e-6)) / 2e-6)
    })
    expect(learnedBlocks(shape).map(({ name }) => name)).toContain('embedding1')
    expect(Math.max(...off)).toBeLessThan(2e-6)
    const ofTable = viewOf(memory.derivatives[0]!, shape.embeddings[0]!.table)
    expect(Math.max(...ofTable.map(Math.abs))).toBeGreaterThan(0.01)
  })

  it('learn the effects of categories that have no order, as one slope cannot', async () => {
    const { model, trainingCurve, importances } = await fitNetwork(table, parameters, quietRun())
    const plain = await fitNetwork(table, { ...parameters, embeddings: [] }, quietRun())
    expect(trainingCurve.validation.at(-1)).toBeLessThan(0.2)
    expect(plain.trainingCurve.validation.at(-1)).toBeGreaterThan(0.5)
    expect(importances[1]).toBeGreaterThan(importances[0]!)
    expect(model.embeddings[0]).toMatchObject({ feature: 1, codes: 20, size: 2 })
  })

  it('answer in the graph as by reference, unknown codes like each other', async () => {
    const { model } = await fitNetwork(table, { ...parameters, epochs: 3 }, quietRun())
    const data = Float32Array.of(0.5, 0, 0.5, 19, 0.5, 20, 0.5, 1e9, 0.5, -1, 0.1, 7)
    const reference = predictWithNetwork(model, { rows: 6, data })
    const builder = new GraphBuilder()
    builder.output('value', emitNetwork(builder, builder.input('matrix', 'float32', 2), model))
    const session = await openSession(builder.toModel())
    const { value } = await session.run({ rows: 6, columns: { matrix: data } })
    await session.close()
    for (const [row, answer] of reference.entries()) expect(value![row]).toBeCloseTo(answer, 5)
    expect(value![3]).toBe(value![2])
    expect(value![4]).toBe(value![2])
    expect(value![0]).not.toBe(value![1])
  })

  it('are the same on any number of threads', async () => {
    const short = { ...parameters, epochs: 2, batchRows: 256 }
    const one = await fitNetwork(table, short, quietRun({ threads: 1 }))
    expect(await fitNetwork(table, short, quietRun({ threads: 2 }))).toEqual(one)
  })

  it('are refused of features that the table does not have', async () => {
    const wrong = { ...parameters, embeddings: [{ column: 'plan', size: 2 }] }
    await expect(fitNetwork(table, wrong, quietRun())).rejects.toMatchObject({
      code: 'learn.unknown-feature',
    })
  })
})
