import { describe, expect, it } from 'vitest'
import { linearRegression } from '../../../src/learn/linear-regression/linear-regression.ts'
import type { TargetTransform } from '../../../src/learn/target-transform/target-transform.ts'
import { withTargetTransform } from '../../../src/learn/target-transform/with-target-transform.ts'
import { GraphBuilder } from '../../../src/onnx/graph-builder.ts'
import { openSession } from '../../../src/onnx/session.ts'
import { createRandom } from '../../../src/tables/random.ts'
import { learningTable, quietRun } from './learning-run.ts'

const random = createRandom(5)
const rows = 400
const x = Float32Array.from({ length: rows }, () => random.unit() * 4)
const noise = Float64Array.from({ length: rows }, () => (random.unit() - 0.5) / 5)

async function fit(transform: TargetTransform, y: Float64Array) {
  const learner = withTargetTransform(linearRegression, transform)
  const table = learningTable({ train: { x, y }, width: 1 })
  const { model } = await learner.fit(table, { penalty: { kind: 'none' } }, quietRun())
  const builder = new GraphBuilder()
  builder.output('answer', learner.emit(builder, builder.input('matrix', 'float32', 1), model))
  const session = await openSession(builder.toModel())
  const { answer } = await session.run({ rows, columns: { matrix: x } })
  await session.close()
  return {
    power: model.power,
    answers: [...(answer as Float64Array)],
    reference: [...learner.predict(model, { rows, data: x })],
  }
}

describe('a learner of transformed amounts', () => {
  it('learns what is linear in the logarithm, and answers with amounts, in the graph as well', async () => {
    const { power, answers, reference } = await fit(
      'log',
      Float64Array.from(x, (value, row) => Math.exp(1 + value + noise[row]!)),
    )
    expect(power).toBe(0)
    for (const [row, answer] of answers.entries()) {
      expect(answer / reference[row]!).toBeCloseTo(1, 9)
      expect(answer / Math.exp(1 + x[row]!)).toBeCloseTo(1, 1)
    }
  })

  it('finds the power of Box and Cox', async () => {
    // Cubes of numbers from a normal distribution: the cube root is the likeliest power.
    const normal = () => Math.sqrt(-2 * Math.log(1 - random.unit())) * Math.cos(2 * Math.PI * random.unit())
    const y = Float64Array.from({ length: rows }, () => (5 + normal()) ** 3)
    const { power, answers, reference } = await fit('box-cox', y)
    expect(Math.abs(power! - 1 / 3)).toBeLessThan(0.15)
    for (const [row, answer] of answers.entries()) expect(answer / reference[row]!).toBeCloseTo(1, 9)
  })

  it('says that amounts must be above 0, and leaves them alone where nothing is transformed', async () => {
    const y = Float64Array.from(x, (value) => value - 1)
    await expect(fit('log', y)).rejects.toMatchObject({ code: 'learn.target-not-positive' })
    expect((await fit('none', y)).power).toBeNull()
  })
})
