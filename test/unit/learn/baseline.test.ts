import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { baseline } from '../../../src/learn/baseline/baseline.ts'
import type { BaselineModel, BaselineParameters } from '../../../src/learn/baseline/baseline-model.ts'
import { GraphBuilder } from '../../../src/onnx/graph-builder.ts'
import { openSession } from '../../../src/onnx/session.ts'
import { learningTable, quietRun } from './learning-run.ts'
import { expectSameInBatches } from './same-in-batches.ts'

interface Answers {
  prior: number[]
  'most-frequent': number[]
  mean: number
  median: number
}
const fixture = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../fixtures/sklearn/baseline.json'), 'utf8'),
) as { codes: number[]; values: number[]; weights: number[]; unweighted: Answers; weighted: Answers }

const usual: BaselineParameters = { classAnswer: 'prior', numberAnswer: 'mean', constant: 0 }
const cases = [
  { how: 'without weights', weights: undefined, answers: fixture.unweighted },
  { how: 'with row weights', weights: fixture.weights, answers: fixture.weighted },
]

async function fit(
  y: readonly number[],
  options: { weights?: number[] | undefined; classes?: string[]; parameters?: Partial<BaselineParameters> },
): Promise<BaselineModel> {
  const { weights, classes, parameters } = options
  const train = { x: y.map(() => Number.NaN), y, weights }
  const table = learningTable({ train, width: 1, ...(classes && { classes }) })
  return (await baseline.fit(table, { ...usual, ...parameters }, quietRun())).model
}

async function probabilitiesBy(classAnswer: BaselineParameters['classAnswer'], weights?: number[]) {
  const model = await fit(fixture.codes, { weights, classes: ['a', 'b', 'c'], parameters: { classAnswer } })
  return Array.from(baseline.predict(model, { rows: 1, data: new Float32Array(1) }))
}

async function valueBy(numberAnswer: BaselineParameters['numberAnswer'], weights?: number[]) {
  const model = await fit(fixture.values, { weights, parameters: { numberAnswer, constant: -2.5 } })
  return baseline.predict(model, { rows: 1, data: new Float32Array(1) })[0]
}

describe.each(cases)('a baseline, $how,', ({ weights, answers }) => {
  it('answers with the classes of scikit-learn', async () => {
    expect(await probabilitiesBy('prior', weights)).toEqual(answers.prior.map(Math.fround))
    expect(await probabilitiesBy('most-frequent', weights)).toEqual(answers['most-frequent'])
  })

  it('answers with the amounts of scikit-learn', async () => {
    expect(await valueBy('mean', weights)).toBeCloseTo(answers.mean, 9)
    expect(await valueBy('median', weights)).toBe(answers.median)
    expect(await valueBy('constant', weights)).toBe(-2.5)
  })
})

describe('the graph of a baseline', () => {
  const models: BaselineModel[] = [
    { task: 'regression', features: 3, value: 0.1 },
    { task: 'multiclass', features: 3, probabilities: Float32Array.of(0.1, 0.7, 0.2) },
  ]

  it.each(models)('answers whatever stands in the matrix: $task', async (model) => {
    const builder = new GraphBuilder()
    const matrix = builder.input('matrix', 'float32', 3)
    builder.output('answer', baseline.emit(builder, matrix, model))
    const session = await openSession(builder.toModel())
    const data = Float32Array.from(
      { length: 600 },
      (_, index) => [index, Number.NaN, Infinity, -1e38][index % 4]!,
    )
    const chunk = { rows: 200, columns: { matrix: data } }
    expect((await session.run(chunk))['answer']).toEqual(baseline.predict(model, { rows: 200, data }))
    await expectSameInBatches(session, chunk)
    await session.close()
  })
})
