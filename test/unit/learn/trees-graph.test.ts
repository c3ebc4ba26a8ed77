import { describe, expect, it } from 'vitest'
import type { BoostingParameters } from '../../../src/learn/gradient-boosted-trees/boosting-parameters.ts'
import { emitScores, emitTrees } from '../../../src/learn/gradient-boosted-trees/emit-trees.ts'
import { fitTrees } from '../../../src/learn/gradient-boosted-trees/fit-trees.ts'
import { predictWithTrees, scoreWithTrees } from '../../../src/learn/gradient-boosted-trees/predict-trees.ts'
import type { TreesModel } from '../../../src/learn/gradient-boosted-trees/trees-model.ts'
import { GraphBuilder } from '../../../src/onnx/graph-builder.ts'
import { openSession } from '../../../src/onnx/session.ts'
import { createRandom } from '../../../src/tables/random.ts'
import { learningTable, quietRun } from './learning-run.ts'
import { expectSameInBatches } from './same-in-batches.ts'

const rows = 5000
const width = 6
const random = createRandom(5)
/** Missing and infinite values, many ties, tiny and huge numbers. */
const x = Float32Array.from({ length: rows * width }, () => {
  const kind = random.unit()
  if (kind < 0.1) return NaN
  if (kind < 0.13) return kind < 0.115 ? Infinity : -Infinity
  if (kind < 0.4) return random.below(7) - 3
  return (random.unit() * 2 - 1) * 10 ** (random.below(40) - 20)
})
const answers = Array.from({ length: rows }, (_, row) => {
  const [first, second] = [x[row * width]!, x[row * width + 1]!]
  return Math.sign(first || 2) * Math.sign(second || -1) + random.unit() * 2
})

const parameters: BoostingParameters = {
  trees: 150,
  learningRate: 0.1,
  leaves: 31,
  minimumRowsInLeaf: 20,
  minimumGain: 0,
  l1: 0,
  l2: 1,
  bins: 255,
  rowShare: 1,
  columnShare: 1,
  earlyStoppingRounds: 0,
}

async function binaryModel(): Promise<TreesModel> {
  const y = answers.map((answer) => Number(answer > 1))
  const table = learningTable({ train: { x, y }, width, classes: ['no', 'yes'] })
  return (await fitTrees(table, parameters, quietRun())).model
}

async function regressionModel(): Promise<TreesModel> {
  const y = answers.map((answer) => 300_000 + 90_000 * answer)
  return (await fitTrees(learningTable({ train: { x, y }, width }), parameters, quietRun())).model
}

function graphOf(model: TreesModel): Uint8Array {
  const builder = new GraphBuilder()
  const matrix = builder.input('matrix', 'float32', model.features)
  builder.output('answer', emitTrees(builder, matrix, model))
  builder.output('scores', emitScores(builder, matrix, model))
  return builder.toModel()
}

describe('the graph of boosted trees', () => {
  it('gives the scores of the reference, bit for bit', async () => {
    for (const model of [await binaryModel(), await regressionModel()]) {
      expect(model.trees).toHaveLength(150)
      const session = await openSession(graphOf(model))
      const { scores } = await session.run({ rows, columns: { matrix: x } })
      expect(scores).toEqual(scoreWithTrees(model, { rows, data: x }))
      await expectSameInBatches(session, { rows, columns: { matrix: x } })
      await session.close()
    }
  })

  it('gives the values of the reference, bit for bit', async () => {
    const model = await regressionModel()
    const session = await openSession(graphOf(model))
    const { answer } = await session.run({ rows, columns: { matrix: x } })
    expect(answer).toEqual(predictWithTrees(model, { rows, data: x }))
    await session.close()
  })

  it('gives the probabilities of the reference but for the last bits', async () => {
    const model = await binaryModel()
    const session = await openSession(graphOf(model))
    const { answer } = await session.run({ rows, columns: { matrix: x } })
    const reference = predictWithTrees(model, { rows, data: x })
    for (const [index, probability] of reference.entries()) {
      expect(Math.abs((answer![index] as number) / probability - 1)).toBeLessThan(1e-6)
    }
    await session.close()
  })

  it('routes values that lie on a threshold, and right above it, as the reference does', async () => {
    const model = await binaryModel()
    const edges = model.trees.flatMap((tree) =>
      Array.from(tree.thresholds, (threshold, node) => ({ threshold, feature: tree.features[node]! })),
    )
    const data = new Float32Array(2 * edges.length * width)
    for (const [index, { threshold, feature }] of edges.entries()) {
      data[2 * index * width + feature] = threshold
      data[(2 * index + 1) * width + feature] = threshold + Math.abs(threshold) * 1.2e-7
    }
    const chunk = { rows: 2 * edges.length, columns: { matrix: data } }
    const session = await openSession(graphOf(model))
    const { scores } = await session.run(chunk)
    expect(scores).toEqual(scoreWithTrees(model, { rows: chunk.rows, data }))
    await session.close()
  })

  it('answers with the constant where nothing could be split', async () => {
    const constant = learningTable({ train: { x: [1, 1, 1], y: [2, 3, 7] }, width: 1 })
    const { model, importances, trainingCurve } = await fitTrees(constant, parameters, quietRun())
    expect({ trees: model.trees, importances, train: trainingCurve.train }).toEqual({
      trees: [],
      importances: [0],
      train: [],
    })
    const session = await openSession(graphOf(model))
    const { answer } = await session.run({ rows: 2, columns: { matrix: Float32Array.of(5, NaN) } })
    expect(answer).toEqual(Float64Array.of(4, 4))
    await session.close()
  })
})
