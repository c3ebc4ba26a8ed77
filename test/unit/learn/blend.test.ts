import { describe, expect, it } from 'vitest'
import { blend, type BlendModel, type TrainedPart } from '../../../src/learn/blend/blend.ts'
import { chooseWeights } from '../../../src/learn/blend/choose-weights.ts'
import { GraphBuilder } from '../../../src/onnx/graph-builder.ts'
import { openSession } from '../../../src/onnx/session.ts'
import { elementCodes, tensor } from '../../../src/onnx/tensor.ts'
import { createRandom } from '../../../src/tables/random.ts'
import { expectSameInBatches } from './same-in-batches.ts'

const squaredError = (truth: Float64Array) => (answers: Float64Array) =>
  answers.reduce((sum, value, row) => sum + (value - truth[row]!) ** 2, 0) / truth.length

describe('the weights of a blend', () => {
  const random = createRandom(1)
  const truth = Float64Array.from({ length: 500 }, () => random.unit())
  const off = (by: (row: number) => number) => truth.map((value, row) => value + by(row))

  it('share alike between models whose errors cancel out', () => {
    const weights = chooseWeights([off(() => 0.3), off(() => -0.3), off(() => 5)], squaredError(truth))
    expect(weights).toEqual([0.5, 0.5, 0])
  })

  it('stay with the best one where others only harm', () => {
    expect(chooseWeights([off(() => 4), off(() => 0.01), off(() => 2)], squaredError(truth))).toEqual([
      0, 1, 0,
    ])
  })

  it('make independent noise smaller: the blend beats the best alone', () => {
    const noisy = Array.from({ length: 5 }, (_, model) => {
      const noise = createRandom(model, 'noise')
      return off(() => noise.unit() - 0.5)
    })
    const weights = chooseWeights(noisy, squaredError(truth))
    const mean = truth.map((_, row) =>
      noisy.reduce((sum, answers, model) => sum + weights[model]! * answers[row]!, 0),
    )
    expect(weights.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12)
    expect(squaredError(truth)(mean)).toBeLessThan(0.4 * Math.min(...noisy.map(squaredError(truth))))
  })
})

/** Answers with a multiple of the first feature. */
function part(factor: number): TrainedPart {
  return {
    predict: ({ rows, data }) => Float64Array.from({ length: rows }, (_, row) => factor * data[2 * row]!),
    emit(builder, matrix) {
      const wide = builder.node('Cast', [matrix], { to: { i: elementCodes.float64 } })
      return builder.node('Gemm', [wide, builder.constant(tensor('float64', [2, 1], [factor, 0]))])
    },
  }
}

describe('the graph of a blend', () => {
  it('answers with the weighted mean of its parts, in any batches', async () => {
    const model: BlendModel = {
      task: 'numbers',
      parts: [
        { weight: 0.25, part: part(2) },
        { weight: 0.75, part: part(-1) },
      ],
    }
    const random = createRandom(2)
    const data = Float32Array.from({ length: 400 }, () => random.unit())
    const builder = new GraphBuilder()
    builder.output('value', blend.emit(builder, builder.input('matrix', 'float32', 2), model))
    const session = await openSession(builder.toModel())
    const { value } = await session.run({ rows: 200, columns: { matrix: data } })
    expect(value).toEqual(blend.predict(model, { rows: 200, data }))
    expect((value as Float64Array)[0]).toBeCloseTo(-0.25 * data[0]!, 12)
    await expectSameInBatches(session, { rows: 200, columns: { matrix: data } })
    await session.close()
  })
})
