import { describe, expect, it } from 'vitest'
import { emitLogistic } from '../../../src/learn/logistic-regression/emit-logistic.ts'
import type { LogisticModel } from '../../../src/learn/logistic-regression/logistic-model.ts'
import { predictWithLogistic } from '../../../src/learn/logistic-regression/predict-logistic.ts'
import { GraphBuilder } from '../../../src/onnx/graph-builder.ts'
import { openSession } from '../../../src/onnx/session.ts'
import { createRandom } from '../../../src/tables/random.ts'
import { expectSameInBatches } from './same-in-batches.ts'

function randomModel(
  features: number,
  classes: number,
): { model: LogisticModel; data: Float32Array; rows: number } {
  const random = createRandom(features, `${classes} classes`)
  const outputs = classes === 2 ? 1 : classes
  const between = (low: number, high: number) => low + (high - low) * random.unit()
  const rows = 1500
  return {
    rows,
    model: {
      task: classes === 2 ? 'binary' : 'multiclass',
      classes,
      features,
      coefficients: Float64Array.from({ length: features * outputs }, () => between(-2, 2)),
      intercepts: Float64Array.from({ length: outputs }, () => between(-1, 1)),
      standardErrors: null,
      converged: true,
      iterations: 1,
    },
    data: Float32Array.from({ length: rows * features }, () => between(-8, 8) / Math.sqrt(features)),
  }
}

function graphOf(model: LogisticModel): Uint8Array {
  const builder = new GraphBuilder()
  const matrix = builder.input('matrix', 'float32', model.features)
  builder.output('probabilities', emitLogistic(builder, matrix, model))
  return builder.toModel()
}

describe.each([2, 3, 5, 8, 17])('the graph of a logistic regression for %i classes', (classes) => {
  it.each([1, 2, 7, 8, 33, 130])('agrees with the reference, for %i features', async (features) => {
    const { model, data, rows } = randomModel(features, classes)
    const session = await openSession(graphOf(model))
    const { probabilities } = await session.run({ rows, columns: { matrix: data } })
    const reference = predictWithLogistic(model, { rows, data })
    let largest = 0
    for (const [index, probability] of reference.entries()) {
      largest = Math.max(largest, Math.abs(probability - (probabilities![index] as number)))
    }
    expect(largest).toBeLessThan(1e-6)
    await expectSameInBatches(session, { rows, columns: { matrix: data } })
    await session.close()
  })
})

const oneFeature = {
  task: 'binary',
  classes: 2,
  features: 1,
  standardErrors: null,
  converged: true,
  iterations: 1,
} as const

describe('the graph of a logistic regression', () => {
  it('keeps the digits of a feature that is far from 0', async () => {
    const model: LogisticModel = {
      ...oneFeature,
      coefficients: Float64Array.of(0.5),
      intercepts: Float64Array.of(-0.5 * 2_000_000),
    }
    const data = Float32Array.of(1_999_999, 2_000_000, 2_000_001)
    const session = await openSession(graphOf(model))
    const { probabilities } = await session.run({ rows: 3, columns: { matrix: data } })
    await session.close()
    const wanted = [-0.5, 0, 0.5].map((logOdds) => 1 / (1 + Math.exp(-logOdds)))
    for (const [row, value] of wanted.entries()) expect(probabilities![2 * row + 1]).toBeCloseTo(value, 7)
  })

  it('keeps the digits of a small probability on either side', async () => {
    const model: LogisticModel = {
      ...oneFeature,
      coefficients: Float64Array.of(1),
      intercepts: Float64Array.of(0),
    }
    const session = await openSession(graphOf(model))
    const { probabilities } = await session.run({ rows: 2, columns: { matrix: Float32Array.of(-40, 40) } })
    await session.close()
    expect((probabilities![1] as number) / Math.exp(-40)).toBeCloseTo(1, 5)
    expect((probabilities![2] as number) / Math.exp(-40)).toBeCloseTo(1, 5)
  })
})
