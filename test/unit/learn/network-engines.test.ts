import util from 'node:util'
import { describe, expect, it } from 'vitest'
import { eventTurns } from '../../../src/learn/event-turns.ts'
import { loadTensorFlow } from '../../../src/learn/neural-network/load-tensorflow.ts'
import { openGradients } from '../../../src/learn/neural-network/open-gradients.ts'
import { openPartTrainer } from '../../../src/learn/neural-network/part-trainer.ts'
import type { NetworkModel } from '../../../src/learn/neural-network/network-model.ts'
import type { NetworkParameters } from '../../../src/learn/neural-network/network-parameters.ts'
import { shapeOf, type NetworkShape } from '../../../src/learn/neural-network/network-shape.ts'
import { startWeights } from '../../../src/learn/neural-network/start-weights.ts'
import { openTensorFlowGradients } from '../../../src/learn/neural-network/tensorflow-gradients.ts'
import { trainEpochs } from '../../../src/learn/neural-network/train-epochs.ts'
import { allocateTraining, planTraining } from '../../../src/learn/neural-network/training-memory.ts'
import type { NumberGraph } from '../../../src/onnx/open-graph.ts'
import { createRandom } from '../../../src/tables/random.ts'
import { tensorFlow } from './javascript-tensorflow.ts'
import { quietRun } from './learning-run.ts'

const rows = 640
const features = 4
const seed = 3
// 10 batches an epoch.
const parameters: NetworkParameters = {
  hiddenLayers: [8, 5],
  activation: 'tanh',
  dropout: 0,
  batchNormalization: false,
  weightDecay: 0.01,
  learningRate: 0.01,
  schedule: 'cosine',
  batchRows: 64,
  epochs: 5,
  patience: 5,
}

const tasks: Readonly<Record<NetworkShape['head'], NetworkModel['task']>> = {
  sigmoid: 'binary',
  softmax: 'multiclass',
  identity: 'regression',
}

interface Example {
  head: NetworkShape['head']
  changes: Partial<NetworkParameters>
  embedded?: { feature: number; size: number; codes: number }[]
}

/** The weights and the loss by epoch after 50 steps of an engine, from the same beginning. */
async function trained(
  { head, changes, embedded = [] }: Example,
  open: (shape: NetworkShape) => NumberGraph | Promise<NumberGraph>,
): Promise<{ weights: Float32Array; losses: readonly number[] }> {
  const wanted = { ...parameters, ...changes }
  const outputs = head === 'softmax' ? 3 : 1
  const shape = shapeOf(features, { outputs, head }, wanted, embedded)
  const { batchRows, dropout } = wanted
  const plan = planTraining({ engine: 'onnx', shape, rows, batchRows, dropout, seed, hasWeights: true })
  const memory = allocateTraining(plan)
  const random = createRandom(seed, 'rows')
  for (let row = 0; row < rows; row++) {
    const own = Float32Array.from({ length: features }, () => 2 * random.unit() - 1)
    for (const { feature, codes } of embedded) own[feature] = random.below(codes + 1)
    memory.rows.set(own, row * features)
    const answer = Math.sin(own[0]! + own[1]! * own[2]!)
    if (head === 'identity') memory.targets[row] = answer
    else if (head === 'sigmoid') memory.targets[row] = answer > 0 ? 1 : 0
    else memory.targets[row * 3 + (row % 7 === 0 ? 2 : Number(answer > 0))] = 1
    memory.rowWeights[row] = 0.5 + random.unit()
  }
  startWeights(memory.weights, shape, seed)
  const trainer = openPartTrainer(plan, memory, await open(shape))
  const { curve } = await trainEpochs({
    plan,
    memory,
    team: {
      async train(batch) {
        for (let part = 0; part < plan.parts; part++) await trainer.train(batch, part)
      },
      close: () => trainer.close(),
    },
    parameters: wanted,
    frame: {
      task: tasks[head],
      classes: outputs,
      features,
      means: new Float32Array(features),
      factors: new Float32Array(features).fill(1),
      target: { mean: 0, deviation: 1 },
    },
    validation: null,
    run: quietRun({ seed }),
    turn: eventTurns(quietRun().signal),
  })
  await trainer.close()
  return { weights: memory.weights, losses: curve.train }
}

const examples: Record<string, Example> = {
  'two classes, with dropout': { head: 'sigmoid', changes: { activation: 'relu', dropout: 0.3 } },
  'several classes, with batch normalization': {
    head: 'softmax',
    changes: { activation: 'leaky-relu', batchNormalization: true },
  },
  'amounts, with everything': {
    head: 'identity',
    changes: { dropout: 0.2, batchNormalization: true },
    embedded: [{ feature: 3, size: 2, codes: 4 }],
  },
  'amounts, behind sigmoids': { head: 'identity', changes: { activation: 'sigmoid' } },
}

describe('the engines of a network', () => {
  it.each(Object.entries(examples))('agree to 1e-4 after 50 steps: %s', async (_, example) => {
    const own = await trained(example, (shape) => openGradients({ engine: 'onnx', shape }))
    const other = await trained(example, (shape) => openTensorFlowGradients(tensorFlow, shape))
    const furthest = own.weights.reduce(
      (most, weight, index) => Math.max(most, Math.abs(weight - other.weights[index]!)),
      0,
    )
    expect(furthest).toBeLessThan(1e-4)
    expect(own.losses.at(-1)!).toBeLessThan(own.losses[0]!)
    for (const [epoch, loss] of own.losses.entries()) expect(other.losses[epoch]).toBeCloseTo(loss, 4)
  })

  it('leave nothing behind in the memory of TensorFlow', async () => {
    const shape = shapeOf(features, { outputs: 1, head: 'sigmoid' }, { ...parameters, hiddenLayers: [] })
    const graph = openTensorFlowGradients(tensorFlow, shape)
    const before = tensorFlow.memory().numTensors
    const found = await graph.run({
      rows: { data: new Float32Array(8).fill(1), dims: [2, features] },
      targets: { data: Float32Array.of(0, 1), dims: [2, 1] },
      weights: { data: Float32Array.of(0.5, 0.5), dims: [2, 1] },
      weights0: { data: new Float32Array(features), dims: [features, 1] },
      biases0: { data: new Float32Array(1), dims: [1, 1] },
    })
    expect(found['answers']).toEqual(Float32Array.of(0.5, 0.5))
    expect(tensorFlow.memory().numTensors).toBe(before)
  })
})

describe('TensorFlow', () => {
  it('is found missing with a remedy', async () => {
    const missing = loadTensorFlow(async (name) => {
      throw new Error(`Cannot find package '${name}'\nRequire stack:`)
    })
    await expect(missing).rejects.toMatchObject({
      code: 'learn.no-tensorflow',
      message: "TensorFlow could not be loaded: Cannot find package '@tensorflow/tfjs-node'",
    })
  })

  it('finds the function of Node that it still asks for', async () => {
    const found = await loadTensorFlow(async () => ({ default: tensorFlow }))
    expect(found).toBe(tensorFlow)
    const { isNullOrUndefined } = util as unknown as { isNullOrUndefined: (value: unknown) => boolean }
    expect([null, undefined, 0].map((value) => isNullOrUndefined(value))).toEqual([true, true, false])
  })
})
