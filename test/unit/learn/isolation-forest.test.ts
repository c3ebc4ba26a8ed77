import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { fitIsolationForest } from '../../../src/learn/isolation-forest/fit-isolation-forest.ts'
import { expectedPathLength } from '../../../src/learn/isolation-forest/isolation-model.ts'
import { emitIsolationScores, isolationScores } from '../../../src/learn/isolation-forest/isolation-scores.ts'
import { rocAuc } from '../../../src/learn/metrics/roc-curve.ts'
import { GraphBuilder } from '../../../src/onnx/graph-builder.ts'
import { openSession } from '../../../src/onnx/session.ts'
import { quietRun } from './learning-run.ts'

/** Made by test/fixtures/sklearn/make-forests.py with IsolationForest of scikit-learn 1.2.1. */
const peer = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../fixtures/sklearn/forests.json'), 'utf8'),
) as Record<'isolation_auc' | 'isolation_mean', number>

const width = 8
const ordinary = 2000
const odd = 50

/** As in the script: even rows, and some that lie further out. */
function makeRows(): Float32Array {
  let state = 99
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
  const rows = Array.from({ length: ordinary }, () => {
    const row = Array.from({ length: width }, next)
    next()
    return row
  })
  const further = rows.slice(0, odd).map((row) => row.map((value) => 0.5 + 1.2 * (value - 0.5) * 2))
  return Float32Array.from([...rows, ...further].flat())
}

const tableOf = (data: Float32Array, features = width) => ({
  features: Array.from({ length: features }, (_, index) => `feature ${index}`),
  rows: data.length / features,
  async *chunks() {
    yield { rows: data.length / features, data }
  },
})

describe('an isolation forest', () => {
  const data = makeRows()
  const rows = ordinary + odd

  it('finds rows that lie further out, as scikit-learn’s does', async () => {
    const model = await fitIsolationForest(tableOf(data), { trees: 200, sampleRows: 256 }, quietRun())
    const scores = isolationScores(model, { rows, data })
    const positive = Uint8Array.from(scores, (_, row) => Number(row >= ordinary))
    expect(rocAuc({ positive, scores: Float32Array.from(scores) }).value).toBeGreaterThan(
      peer.isolation_auc - 0.005,
    )
    const mean = scores.reduce((sum, score) => sum + score, 0) / rows
    expect(Math.abs(mean - peer.isolation_mean)).toBeLessThan(0.01)
  })

  it('answers in the graph as the reference does', async () => {
    const holes = data.map((value, index) => (index % 11 === 0 ? NaN : index % 501 === 0 ? Infinity : value))
    const model = await fitIsolationForest(tableOf(holes), { trees: 30, sampleRows: 100 }, quietRun())
    const builder = new GraphBuilder()
    builder.output('score', emitIsolationScores(builder, builder.input('matrix', 'float32', width), model))
    const session = await openSession(builder.toModel())
    const { score } = await session.run({ rows, columns: { matrix: holes } })
    for (const [row, value] of isolationScores(model, { rows, data: holes }).entries())
      expect((score![row] as number) / value).toBeCloseTo(1, 12)
    await session.close()
  })

  it('knows the mean length of a path', () => {
    expect([1, 2, 256].map(expectedPathLength)).toEqual([0, 1, expect.closeTo(10.2448, 4) as number])
  })

  it('gives equal rows, and a row alone, one score', async () => {
    for (const count of [1, 40]) {
      const equal = new Float32Array(count * 2).fill(3)
      const model = await fitIsolationForest(tableOf(equal, 2), { trees: 5, sampleRows: 256 }, quietRun())
      expect(new Set(isolationScores(model, { rows: count, data: equal })).size).toBe(1)
    }
  })
})
