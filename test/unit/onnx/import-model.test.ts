import { describe, expect, it } from 'vitest'
import { attributeMessages } from '../../../src/onnx/attributes.ts'
import { decodeMessage, encodeMessage } from '../../../src/onnx/codec.ts'
import { importModel, type ImportRequest } from '../../../src/onnx/foreign/import-model.ts'
import { GraphBuilder } from '../../../src/onnx/graph-builder.ts'
import { tensor } from '../../../src/onnx/tensor.ts'
import { emitClassAnswer } from '../../../src/learn/emit-class-answer.ts'
import { openSession, type InputRows } from '../../../src/onnx/session.ts'
import * as exported from '../../fixtures/onnx/foreign-models.ts'

const request = (
  more: Partial<Omit<ImportRequest, 'answers'>> & Partial<ImportRequest['answers']> = {},
): ImportRequest => {
  const { columns = [], types = {}, labels = [], ...names } = more
  return { columns, types, answers: { labels, ...names } }
}

async function answersOf(bytes: Uint8Array, chunk: InputRows): Promise<Record<string, unknown[]>> {
  const session = await openSession(bytes)
  try {
    const answers = Object.entries(await session.run(chunk))
    return Object.fromEntries(answers.map(([name, values]) => [name, Array.from<unknown>(values)]))
  } finally {
    await session.close()
  }
}

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x))
const close = (values: readonly number[]) => values.map((value) => expect.closeTo(value, 6) as unknown)

describe('an imported model', () => {
  it('of scikit-learn answers with its own labels, and probabilities out of its dictionaries', async () => {
    const imported = await importModel(exported.sklearnLogistic(), request({ columns: ['width', 'length'] }))
    expect(imported).toMatchObject({
      producer: 'skl2onnx',
      classes: ['setosa', 'versicolor', 'virginica'],
      columns: [
        { name: 'width', type: 'number' },
        { name: 'length', type: 'number' },
      ],
      outputs: [
        { name: 'label', type: 'text', width: 1 },
        { name: 'probabilities', type: 'vector', width: 3 },
      ],
    })
    const scores = [-2 + 1.5 + 1, 0.5 - 1.5, 1.5 + 3 - 1]
    const sum = scores.reduce((total, score) => total + Math.exp(score), 0)
    const answers = await answersOf(imported.bytes, {
      rows: 1,
      columns: { width: Float64Array.of(2), length: Float64Array.of(3) },
    })
    expect(answers).toEqual({
      label: ['virginica'],
      probabilities: close(scores.map((score) => Math.exp(score) / sum)),
    })
  })

  it('takes columns of their own types where the model has an input for each', async () => {
    const imported = await importModel(exported.sklearnColumns(), request({ labels: ['stays', 'leaves'] }))
    expect(imported.columns).toEqual([
      { name: 'age', type: 'number' },
      { name: 'visits', type: 'integer' },
      { name: 'city', type: 'text' },
    ])
    const answers = await answersOf(imported.bytes, {
      rows: 2,
      columns: {
        age: Float64Array.of(50, 20),
        visits: Float64Array.of(3, 9),
        city: ['Berlin', 'Hof'],
      },
    })
    const score = (age: number, visits: number, isBerlin: number): number =>
      (age - 40) * 0.1 - (visits - 5) * 0.25 + isBerlin * 0.25 + 0.5
    const leaving = [score(50, 3, 1), score(20, 9, 0)].map((each) => {
      const [stays, leaves] = [sigmoid(-each), sigmoid(each)]
      return leaves / (stays + leaves)
    })
    expect(answers).toEqual({
      label: ['leaves', 'stays'],
      probabilities: close(leaving.flatMap((each) => [1 - each, each])),
    })
  })

  it('has no answer for a row without a whole number that it takes as such', async () => {
    const { bytes } = await importModel(exported.sklearnColumns(), request({ labels: ['stays', 'leaves'] }))
    const answers = await answersOf(bytes, {
      rows: 2,
      columns: { age: Float64Array.of(50, 50), visits: Float64Array.of(NaN, 3), city: ['Berlin', 'Berlin'] },
    })
    expect(answers['label']).toEqual(['', 'leaves'])
    expect(answers['probabilities']).toEqual([NaN, NaN, expect.any(Number), expect.any(Number)])
  })

  it.each([9, 10, 11, 13, 18])('may be written for version %i of the operators', async (version) => {
    const message = decodeMessage('Model', exported.sklearnColumns())
    const opsetImport = [
      { domain: '', version },
      { domain: 'ai.onnx.ml', version: 1 },
    ]
    const { classes } = await importModel(encodeMessage('Model', { ...message, opsetImport }), request())
    expect(classes).toEqual(['0', '1'])
  })

  it('of LightGBM may call its values as our answers are called', async () => {
    const imported = await importModel(exported.lightgbmBinary(), request({ columns: ['a', 'label', 'c'] }))
    const answers = await answersOf(imported.bytes, {
      rows: 3,
      columns: { a: new Float64Array(3), label: Float64Array.of(5, 15, NaN), c: new Float64Array(3) },
    })
    const [low, high] = [sigmoid(-1), sigmoid(2)]
    expect(answers).toEqual({
      label: ['0', '1', '0'],
      probabilities: close([1 - low, low, 1 - high, high, 1 - low, low]),
    })
  })

  it('of XGBoost gets its width from the columns that are named', async () => {
    const imported = await importModel(
      exported.xgboostBinary(),
      request({ columns: ['a', 'b'], labels: ['no', 'yes'], types: { b: 'integer' } }),
    )
    expect(imported.columns).toEqual([
      { name: 'a', type: 'number' },
      { name: 'b', type: 'integer' },
    ])
    const answers = await answersOf(imported.bytes, {
      rows: 1,
      columns: { a: Float64Array.of(0), b: Float64Array.of(99) },
    })
    expect(answers['label']).toEqual(['yes'])
    await expect(importModel(exported.xgboostBinary(), request())).rejects.toMatchObject({
      code: 'foreign.unusable-port',
    })
  })

  it('of Keras is a classifier where its classes have labels, else it answers with numbers', async () => {
    const chunk = {
      rows: 1,
      columns: { dense_input_1: Float64Array.of(2), dense_input_2: Float64Array.of(4) },
    }
    const probability = sigmoid(2 * 0.5 + 4 * -0.25 + 0.25)
    const classifier = await importModel(exported.kerasSigmoid(), request({ labels: ['no', 'yes'] }))
    expect(await answersOf(classifier.bytes, chunk)).toEqual({
      label: ['yes'],
      probabilities: close([1 - probability, probability]),
    })
    const amounts = await importModel(exported.kerasSigmoid(), request())
    expect(amounts.classes).toBeNull()
    expect(await answersOf(amounts.bytes, chunk)).toEqual({ value: close([probability]) })
    const softmax = await importModel(exported.kerasSoftmax(), request())
    expect(softmax.classes).toEqual(['0', '1'])
  })

  it('keeps weights that stand in typed fields of the file', async () => {
    const chunk = {
      rows: 1,
      columns: { dense_1_input_1: Float64Array.of(2), dense_1_input_2: Float64Array.of(4) },
    }
    const [raw, typed] = await Promise.all(
      [exported.kerasRegression(), exported.typedWeights()].map(async (file) =>
        answersOf((await importModel(file, request())).bytes, chunk),
      ),
    )
    expect(typed).toEqual(raw)
  })

  it('answers a row alone as among others', async () => {
    const { bytes } = await importModel(exported.kerasSoftmax(), request({ columns: ['a', 'b'] }))
    const rows = 257
    const columns = {
      a: Float64Array.from({ length: rows }, (_, row) => Math.sin(row)),
      b: Float64Array.from({ length: rows }, (_, row) => Math.cos(row) * 3),
    }
    const together = await answersOf(bytes, { rows, columns })
    const alone = await answersOf(bytes, {
      rows: 1,
      columns: { a: columns.a.slice(200, 201), b: columns.b.slice(200, 201) },
    })
    expect(together['probabilities']!.slice(400, 402)).toEqual(alone['probabilities'])
  })
})

/** As models are written here: the label is looked up in a list of texts. */
function ownClassifier(classes: readonly string[]): Uint8Array {
  const builder = new GraphBuilder()
  const score = builder.node('Sigmoid', [builder.input('x', 'float32', 1)])
  const one = builder.constant(tensor('float32', [1, 1], [1]))
  const both = builder.node('Concat', [builder.node('Sub', [one, score]), score], { axis: { i: 1 } })
  const answer = emitClassAnswer(builder, builder.declare(both, { type: 'float32', width: 2 }), { classes })
  builder.output('label', answer.label)
  builder.output('probabilities', answer.probabilities)
  return builder.toModel({})
}

describe('a classifier that answers with texts', () => {
  it('names its classes by the list that its label is looked up in', async () => {
    const imported = await importModel(ownClassifier(['No', 'Yes']), request())
    expect(imported.classes).toEqual(['No', 'Yes'])
    const again = await importModel(imported.bytes, request({ labels: ['No', 'Yes'] }))
    expect(again.classes).toEqual(['No', 'Yes'])
  })

  it.each([
    [['x', 'y'], 'the model itself answers with No, Yes, in this order'],
    [['Yes', 'No'], 'the model itself answers with No, Yes, in this order'],
    [['No', 'Yes', 'Maybe'], '3 labels are given for 2 classes'],
  ])('takes no other labels: %s', async (labels, says) => {
    await expect(importModel(ownClassifier(['No', 'Yes']), request({ labels }))).rejects.toMatchObject({
      code: 'foreign.labels',
      message: expect.stringContaining(says) as unknown,
    })
  })

  it('takes no labels without what it was seen to answer, where the file does not name its classes', async () => {
    const unnamed = withLabelsBehindJoin(['No', 'Yes'])
    const none = importModel(unnamed, request())
    await expect(none).rejects.toThrow(/it has 2 classes, and the file does not say/)
    const labels = ['x', 'y']
    await expect(importModel(unnamed, request({ labels }))).rejects.toThrow(/itself answers with “Yes”/)
    expect((await importModel(unnamed, request({ labels: ['No', 'Yes'] }))).classes).toEqual(['No', 'Yes'])
  })
})

/** The text of the label is made in a way that tells nothing of the others. */
function withLabelsBehindJoin(classes: readonly string[]): Uint8Array {
  const message = decodeMessage('Model', ownClassifier(classes))
  const { graph = {} } = message
  const nodes = graph.node ?? []
  const last = nodes.findIndex(({ output }) => output?.includes('label'))
  const node = nodes.with(last, { ...nodes[last]!, output: ['label before'] })
  const join = {
    opType: 'Concat',
    input: ['label before'],
    output: ['label'],
    attribute: attributeMessages({ axis: { i: 1 } }),
  }
  return encodeMessage('Model', { ...message, graph: { ...graph, node: [...node, join] } })
}

describe('a model that cannot be imported', () => {
  it.each([
    ['float16', exported.halfFloats(), {}, 'foreign.float16'],
    ['data in other files', exported.externalData(), {}, 'foreign.unusable-part'],
    ['operators that nobody knows', exported.customOperator(), {}, 'foreign.unknown-operators'],
    ['operators of old', exported.oldOperators(), {}, 'foreign.too-old'],
    ['one row at a time', exported.oneAtATime(), {}, 'foreign.unusable-port'],
    ['no probabilities', exported.kerasLogits(), {}, 'foreign.no-probability'],
    ['bytes that are no model', Buffer.from('PK\u0003\u0004 a zip'), {}, 'foreign.no-model'],
    ['a table', Buffer.from('customer,churn\n1,Yes\n2,No\n'), {}, 'foreign.no-model'],
    ['too few columns', exported.lightgbmBinary(), { columns: ['a'] }, 'foreign.columns'],
    ['a column twice', exported.lightgbmBinary(), { columns: ['a', 'b', 'a'] }, 'foreign.same-column'],
    [
      'texts for numbers',
      exported.lightgbmBinary(),
      { columns: ['a', 'b', 'c'], types: { a: 'text' as const } },
      'foreign.column-type',
    ],
    ['too many labels', exported.lightgbmBinary(), { labels: ['a', 'b', 'c'] }, 'foreign.labels'],
    [
      'other names for labels that are texts',
      exported.sklearnLogistic(),
      { labels: ['a', 'b', 'c'] },
      'foreign.labels',
    ],
    ['an output that is not there', exported.kerasRegression(), { value: 'score' }, 'foreign.no-answer'],
  ])('is refused for %s, in words', async (_, file, more, code) => {
    const refused = await importModel(file, request(more)).then(
      () => null,
      (error: unknown) => error as { code: string; message: string },
    )
    expect(refused?.code).toMatch(new RegExp(`^${code}`))
  })
})
