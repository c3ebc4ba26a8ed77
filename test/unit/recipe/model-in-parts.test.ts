import { describe, expect, it } from 'vitest'
import { emitEnsemble } from '../../../src/learn/histogram-trees/emit-ensemble.ts'
import { GraphBuilder } from '../../../src/onnx/graph-builder.ts'
import { openBatchSession } from '../../../src/onnx/open-batch-session.ts'
import { openSession, type OutputColumns } from '../../../src/onnx/session.ts'
import { tensor } from '../../../src/onnx/tensor.ts'
import { openInParts } from '../../../src/recipe/model-in-parts.ts'
import { openScorer } from '../../../src/recipe/open-scorer.ts'
import { codedOneByOne, type CodedChunk } from '../../../src/tables/coded-texts.ts'

const rows = 700
const plan = Array.from({ length: rows }, (_, row) => ['basic', 'plus', '', 'née'][row % 4]!)
const city = Array.from({ length: rows }, (_, row) => `city ${row % 9}`)
const age = Float64Array.from({ length: rows }, (_, row) => (row % 11 ? row / 7 : NaN))

const whole = { rows, columns: { plan, city, v0: age } }
const coded: CodedChunk = {
  rows,
  columns: {
    plan: codedOneByOne(plan),
    city: { codes: Uint32Array.from({ length: rows }, (_, row) => row % 9), texts: city.slice(0, 9) },
    v0: age,
  },
}

/** Texts that are looked up, answered as they are, and put together; a column is called as values of graphs are. */
function graph(): Uint8Array {
  const builder = new GraphBuilder()
  const [plans, cities] = [builder.input('plan', 'string'), builder.input('city', 'string')]
  const codes = builder.declare(
    builder.node('ml.LabelEncoder', [plans], {
      keys_strings: { strings: ['basic', 'plus'] },
      values_floats: { floats: [1, 2.5] },
      default_float: { f: -1 },
    }),
    { type: 'float32', width: 1 },
  )
  const ages = builder.node('Cast', [builder.input('v0', 'float64')], { to: { i: 1 } })
  const isBasic = builder.node('Equal', [plans, builder.constant(tensor('string', [1], ['basic']))])
  const said = builder.node('Where', [
    isBasic,
    builder.constant(tensor('string', [1], ['yes'])),
    builder.constant(tensor('string', [1], ['no'])),
  ])
  builder.output('sum', builder.declare(builder.node('Add', [codes, ages]), { type: 'float32', width: 1 }))
  builder.output('isBasic', builder.declare(said, { type: 'string', width: 1 }))
  const joined = builder.node('StringConcat', [plans, cities])
  builder.output('joined', builder.declare(joined, { type: 'string', width: 1 }))
  return builder.toModel()
}

/** Asks one feature whether it is at most 3. */
const stump = {
  output: 0,
  features: Int32Array.of(0),
  thresholds: Float32Array.of(3),
  missingLeft: Uint8Array.of(1),
  left: Int32Array.of(~0),
  right: Int32Array.of(~1),
  leafValues: Float32Array.of(0.25, 2),
  gains: Float64Array.of(1),
  nodeRows: Float64Array.of(2),
  leafRows: Float64Array.of(1, 1),
}

describe('a model in parts', () => {
  it('answers as the model does', async () => {
    const bytes = graph()
    const session = await openSession(bytes)
    const parts = (await openInParts(bytes))!
    const answers = await session.run(whole)
    expect(await parts.run(coded)).toEqual(answers)
    expect(await parts.run(coded, ['isBasic'])).toEqual({ isBasic: answers['isBasic'] })
    await parts.close()
    await session.close()
  })

  it('walks several ensembles that ask the same matrix, and one that asks for a text alone', async () => {
    const builder = new GraphBuilder()
    const ages = builder.node('Cast', [builder.input('constructor', 'float64')], { to: { i: 1 } })
    const code = builder.node('ml.LabelEncoder', [builder.input('plan', 'string')], {
      keys_strings: { strings: ['basic', 'plus'] },
      values_floats: { floats: [1, 5] },
      default_float: { f: -1 },
    })
    const codes = builder.declare(code, { type: 'float32', width: 1 })
    const ensemble = { trees: [stump], outputs: 1, features: 1 }
    const [one, other, third] = [ages, ages, codes].map((matrix) => emitEnsemble(builder, matrix, ensemble))
    builder.output('sum', builder.node('Add', [builder.node('Add', [one!, other!]), third!]))
    const bytes = builder.toModel()
    const columns = { plan: coded.columns['plan']!, constructor: age }
    const session = await openSession(bytes)
    const parts = (await openInParts(bytes))!
    expect(await parts.run({ rows, columns })).toEqual(
      await session.run({ rows, columns: { plan, constructor: age } }),
    )
    await parts.close()
    await session.close()
  })

  it('is none where nothing is to be looked up or walked', async () => {
    const builder = new GraphBuilder()
    const age = builder.input('age', 'float64')
    builder.output('twice', builder.node('Add', [age, age]))
    expect(await openInParts(builder.toModel())).toBeNull()
  })

  it('is none, nor is a batch walked, where a matrix is too wide', async () => {
    const builder = new GraphBuilder()
    const width = 300_000
    const matrix = builder.node('Cast', [builder.input('terms', 'float64', width)], { to: { i: 1 } })
    const ensemble = { trees: [stump], outputs: 1, features: width }
    builder.output('score', emitEnsemble(builder, matrix, ensemble))
    const bytes = builder.toModel()
    expect(await openInParts(bytes)).toBeNull()
    const session = await openBatchSession(bytes)
    const terms = new Float64Array(width).fill(3.5)
    expect(await session.run({ rows: 1, columns: { terms } })).toEqual({ score: Float32Array.of(2) })
    await session.close()
  })

  it('takes over from the model after a few chunks', async () => {
    const scorer = await openScorer(graph())
    const answers: OutputColumns[] = []
    for (let chunk = 0; chunk < 6; chunk++) answers.push(await scorer.run(coded))
    await scorer.close()
    expect(answers[0]).toHaveProperty('sum')
    for (const each of answers) expect(each).toEqual(answers[0])
  })
})
