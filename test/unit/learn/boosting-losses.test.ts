import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { BoostingParameters } from '../../../src/learn/gradient-boosted-trees/boosting-parameters.ts'
import { emitScores, emitTrees } from '../../../src/learn/gradient-boosted-trees/emit-trees.ts'
import { fitTrees } from '../../../src/learn/gradient-boosted-trees/fit-trees.ts'
import { predictWithTrees, scoreWithTrees } from '../../../src/learn/gradient-boosted-trees/predict-trees.ts'
import type { TreesModel } from '../../../src/learn/gradient-boosted-trees/trees-model.ts'
import { GraphBuilder } from '../../../src/onnx/graph-builder.ts'
import { openSession } from '../../../src/onnx/session.ts'
import { learningTable, quietRun } from './learning-run.ts'
import { expectSameInBatches } from './same-in-batches.ts'

/** Made by test/fixtures/sklearn/make-boosting.py with HistGradientBoosting of scikit-learn 1.2.1. */
const peer = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../fixtures/sklearn/boosting.json'), 'utf8'),
) as Record<'sum' | 'squared' | 'absolute' | 'quantile' | 'poisson' | 'classes', number>

/** As in the script; the last feature holds categories. */
const parameters: BoostingParameters = {
  trees: 100,
  learningRate: 0.1,
  leaves: 15,
  minimumRowsInLeaf: 20,
  minimumGain: 0,
  l1: 0,
  l2: 0,
  bins: 255,
  rowShare: 1,
  columnShare: 1,
  earlyStoppingRounds: 0,
  categorical: ['feature 4'],
}
const width = 5
const effects = [3, -2, 0, 5, -4, 1, -1, 4, -3, 2, -5, 0.5]
const { train, test } = makeTable()
const counts = (y: number[]) => y.map((value) => Math.floor(Math.exp(value / 8)))
const classCodes = (y: number[]) => y.map((value) => [4, 8, 12].filter((edge) => value >= edge).length)
const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

function makeTable(rows = 6000) {
  let state = 2024
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
  const parts = {
    train: { x: [] as number[], y: [] as number[] },
    test: { x: [] as number[], y: [] as number[] },
  }
  for (let row = 0; row < rows; row++) {
    const [a, b, c, d] = [next(), next(), next(), next()].map(Math.fround) as [number, number, number, number]
    const category = Math.floor(next() * 12)
    const y = 10 * Math.sin(Math.PI * a * b) + 5 * c + effects[category]! + 4 * (next() - 0.5)
    const part = row % 5 === 4 ? parts.test : parts.train
    part.x.push(a, b, c, d, category)
    part.y.push(y)
  }
  return parts
}

async function fit(y: number[], changes: Partial<BoostingParameters> = {}, classes?: readonly string[]) {
  const table = learningTable({ train: { x: train.x, y }, width, ...(classes && { classes }) })
  const { model, trainingCurve } = await fitTrees(table, { ...parameters, ...changes }, quietRun())
  const chunk = { rows: test.y.length, data: Float32Array.from(test.x) }
  return { model, trainingCurve, answers: [...predictWithTrees(model, chunk)] }
}

async function withGraph(model: TreesModel) {
  const builder = new GraphBuilder()
  const matrix = builder.input('matrix', 'float32', model.features)
  builder.output('answer', emitTrees(builder, matrix, model))
  builder.output('scores', emitScores(builder, matrix, model))
  return openSession(builder.toModel())
}

describe('boosted trees do as well as scikit-learn’s', () => {
  it('from the same table', () => {
    const sum = [...train.x, ...test.x].reduce((total, value) => total + value, 0)
    expect(sum).toBeCloseTo(peer.sum, 3)
  })

  it('with squared loss and categories', async () => {
    const { answers } = await fit(train.y)
    const center = mean(test.y)
    const left = mean(test.y.map((value, row) => (value - answers[row]!) ** 2))
    const r2 = 1 - left / mean(test.y.map((value) => (value - center) ** 2))
    expect(Math.abs(r2 - peer.squared)).toBeLessThan(0.002)
  })

  it('with absolute loss', async () => {
    const { answers, trainingCurve } = await fit(train.y, { loss: 'absolute' })
    const error = mean(test.y.map((value, row) => Math.abs(value - answers[row]!)))
    expect(trainingCurve.metric).toBe('mae')
    expect(error / peer.absolute).toBeCloseTo(1, 1)
  })

  it('with quantile loss', async () => {
    const { answers } = await fit(train.y, { loss: 'quantile', quantile: 0.8 })
    const loss = mean(
      test.y.map((value, row) => Math.max(0.8 * (value - answers[row]!), -0.2 * (value - answers[row]!))),
    )
    expect(loss / peer.quantile).toBeCloseTo(1, 1)
    expect(mean(test.y.map((value, row) => Number(value <= answers[row]!)))).toBeCloseTo(0.8, 1)
  })

  it('with Poisson loss', async () => {
    const { answers, trainingCurve, model } = await fit(counts(train.y), { loss: 'poisson' })
    const deviance = (y: number[], predicted: number[]) =>
      mean(
        y.map(
          (value, row) =>
            2 * ((value > 0 ? value * Math.log(value / predicted[row]!) : 0) - value + predicted[row]!),
        ),
      )
    expect(deviance(counts(test.y), answers) / peer.poisson).toBeCloseTo(1, 1)
    const onTrain = [...predictWithTrees(model, { rows: train.y.length, data: Float32Array.from(train.x) })]
    expect(trainingCurve.train.at(-1)).toBeCloseTo(deviance(counts(train.y), onTrain), 5)
  })

  it('with four classes', async () => {
    const { answers, trainingCurve } = await fit(classCodes(train.y), {}, ['a', 'b', 'c', 'd'])
    const loss = mean(classCodes(test.y).map((code, row) => -Math.log(answers[4 * row + code]!)))
    expect(trainingCurve.metric).toBe('log_loss')
    expect(loss / peer.classes).toBeCloseTo(1, 1)
  })
})

describe('the graph of boosted trees', () => {
  it('answers as the reference with several classes and categories, also unseen ones and fractions', async () => {
    const { model } = await fit(classCodes(train.y), { trees: 20 }, ['a', 'b', 'c', 'd'])
    const odd = [12, 13, 31, 32, 33, 1000, -1, 2.5, 0.5, NaN, Infinity, -Infinity, 1e9]
    const data = Float32Array.from([...test.x, ...odd.flatMap((code) => [0.5, 0.5, 0.5, 0.5, code])])
    const rows = data.length / width
    const session = await withGraph(model)
    const { scores, answer } = await session.run({ rows, columns: { matrix: data } })
    expect(scores).toEqual(scoreWithTrees(model, { rows, data }))
    const reference = predictWithTrees(model, { rows, data })
    for (const [index, probability] of reference.entries())
      expect(Math.abs((answer![index] as number) / probability - 1)).toBeLessThan(2e-6)
    await expectSameInBatches(session, { rows, columns: { matrix: data } })
    await session.close()
  })

  it('answers as the reference with 200 categories', async () => {
    const x = Array.from({ length: 4000 }, (_, row) => (row * 7) % 200)
    const y = x.map((code) => ((code * 7919) % 13) - 6)
    const table = learningTable({ train: { x, y }, width: 1 })
    const { model } = await fitTrees(
      table,
      { ...parameters, categorical: ['feature 0'], trees: 10 },
      quietRun(),
    )
    const data = Float32Array.from({ length: 300 }, (_, row) => row - 50)
    const session = await withGraph(model)
    const { answer } = await session.run({ rows: 300, columns: { matrix: data } })
    expect(answer).toEqual(predictWithTrees(model, { rows: 300, data }))
    await session.close()
  })

  it('answers with the means of Poisson loss', async () => {
    const { model, answers } = await fit(counts(train.y), { loss: 'poisson', trees: 10 })
    const session = await withGraph(model)
    const { answer } = await session.run({
      rows: test.y.length,
      columns: { matrix: Float32Array.from(test.x) },
    })
    for (const [row, value] of answers.entries()) expect((answer![row] as number) / value).toBeCloseTo(1, 12)
    await session.close()
  })
})

describe('rules of boosted trees', () => {
  it('let answers only rise, or only fall, with a feature', async () => {
    const ruled = { increasing: ['feature 1'], decreasing: ['feature 2'] }
    for (const loss of ['squared', 'absolute', 'poisson'] as const) {
      const y = loss === 'poisson' ? counts(train.y) : train.y
      const { model } = await fit(y, { ...ruled, loss, trees: 40 })
      for (const [feature, direction] of [
        [1, 1],
        [2, -1],
      ] as const) {
        const steps = Array.from({ length: 50 }, (_, step) => step / 49)
        for (const start of [0, 7, 21]) {
          const row = test.x.slice(start * width, start * width + width)
          const data = Float32Array.from(steps.flatMap((step) => row.with(feature, step)))
          const answers = [...predictWithTrees(model, { rows: 50, data })].map((answer) => direction * answer)
          expect(answers).toEqual(answers.toSorted((a, b) => a - b))
        }
      }
    }
  })

  it('refuse what does not fit the target', async () => {
    const fails = async (run: Promise<unknown>, code: string) => expect(run).rejects.toMatchObject({ code })
    await fails(fit(train.y, { loss: 'poisson' }), 'learn.negative-counts')
    await fails(fit(train.y, { increasing: ['feature 9'] }), 'learn.unknown-feature')
    const four = ['a', 'b', 'c', 'd']
    await fails(fit(classCodes(train.y), { increasing: ['feature 1'] }, four), 'learn.ordered-classes')
  })

  it('count importances by gain or by splits', async () => {
    const table = learningTable({ train: { x: train.x, y: train.y }, width })
    const by = async (importance: 'gain' | 'splits') =>
      (await fitTrees(table, { ...parameters, trees: 5, importance }, quietRun())).importances
    const splits = await by('splits')
    expect(splits.every((share) => Number.isInteger(Math.round(share * 70 * 1e6) / 1e6))).toBe(true)
    expect(await by('gain')).not.toEqual(splits)
  })
})
