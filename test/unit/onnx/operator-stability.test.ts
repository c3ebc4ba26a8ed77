import { InferenceSession, Tensor } from 'onnxruntime-node'
import { describe, expect, it } from 'vitest'
import { GraphBuilder, type Value } from '../../../src/onnx/graph-builder.ts'
import { sessionOptions } from '../../../src/onnx/session.ts'
import { tensor } from '../../../src/onnx/tensor.ts'

/*
 * One row alone, a few, or many at once: the answer for a row has to be the same, bit for bit. This holds for every
 * operator that Pipewright puts into graphs; one that is not here must not be used before it stands here.
 */

type Type = 'float32' | 'float64'
type Emit = (builder: GraphBuilder, x: Value, type: Type) => Value
interface Case {
  emit: Emit
  types?: readonly Type[]
  /** What the operator is defined for; all numbers otherwise. */
  domain?: (value: number) => number
}

const batches = [1, 3, 13, 4096, 20_000] as const
const rows = 20_000
const bothTypes: readonly Type[] = ['float32', 'float64']

const unary = (op: string): Emit => {
  return (builder, x) => builder.node(op, [x])
}
const withConstant = (op: string, value: number, attributes = {}): Emit => {
  return (builder, x, type) => builder.node(op, [x, builder.constant(tensor(type, [1], [value]))], attributes)
}
const asNumber = (emit: Emit): Emit => {
  return (builder, x, type) =>
    builder.node('Cast', [emit(builder, x, type)], { to: { i: type === 'float32' ? 1 : 11 } })
}

const cases: Readonly<Record<string, Case>> = {
  ...Object.fromEntries(
    'Abs Ceil Cos Exp Floor Neg Relu Round Sigmoid Sign Sin Tanh'
      .split(' ')
      .map((op) => [op, { emit: unary(op) }]),
  ),
  ...Object.fromEntries(['Log', 'Sqrt'].map((op) => [op, { emit: unary(op), domain: Math.abs }])),
  ...Object.fromEntries(
    'Add Sub Mul Div Max Min'.split(' ').map((op) => [op, { emit: withConstant(op, 1.7) }]),
  ),
  ...Object.fromEntries(
    'Equal Less LessOrEqual Greater GreaterOrEqual'
      .split(' ')
      .map((op) => [op, { emit: asNumber(withConstant(op, 0)) }]),
  ),
  Softplus: { emit: unary('Softplus'), types: ['float32'] },
  Atan: { emit: unary('Atan'), types: ['float32'] },
  Softmax: { emit: (builder, x) => builder.node('Softmax', [x], { axis: { i: 1 } }), types: ['float32'] },
  'Pow with a constant exponent': { emit: withConstant('Pow', 2.3), domain: Math.abs },
  'Pow with exponent 2': { emit: withConstant('Pow', 2) },
  'Pow with exponent 3': { emit: withConstant('Pow', 3) },
  'Pow with exponent 0.5': { emit: withConstant('Pow', 0.5), domain: Math.abs },
  'Pow of a row': { emit: (builder, x) => builder.node('Pow', [x, x]), domain: Math.abs },
  Mod: { emit: withConstant('Mod', 1.7, { fmod: { i: 1 } }) },
  IsNaN: { emit: asNumber(unary('IsNaN')) },
  IsInf: { emit: asNumber(unary('IsInf')) },
  Where: {
    emit: (builder, x, type) => {
      const isMissing = builder.node('IsNaN', [x])
      return builder.node('Where', [isMissing, builder.constant(tensor(type, [1], [3])), x])
    },
  },
  'Cast to float32': {
    emit: (builder, x) => builder.node('Cast', [x], { to: { i: 1 } }),
    types: ['float64'],
  },
  'Cast to int64 and text': {
    emit: (builder, x) => {
      const text = builder.node('Cast', [builder.node('Cast', [x], { to: { i: 7 } })], { to: { i: 8 } })
      return builder.node('Cast', [text], { to: { i: 11 } })
    },
    types: ['float64'],
    domain: (value) => (Number.isFinite(value) ? value : 0),
  },
  'ms.MurmurHash3': {
    emit: (builder, x) => {
      const hash = builder.node('ms.MurmurHash3', [asText(builder, x)], { positive: { i: 0 } })
      builder.declare(hash, { type: 'int32', width: builder.typeOf(x).width })
      return builder.node('Cast', [hash], { to: { i: 11 } })
    },
    types: ['float64'],
    domain: (value) => (Number.isFinite(value) ? value : 0),
  },
  'StringNormalizer, ms.Tokenizer and TfIdfVectorizer': {
    emit: terms,
    types: ['float64'],
    domain: (value) => (Number.isFinite(value) ? value : 0),
  },
  Concat: { emit: (builder, x) => builder.node('Concat', [x, x], { axis: { i: 1 } }) },
  Gather: {
    emit: (builder, x) =>
      builder.node('Gather', [x, builder.constant(tensor('int64', [2], [0, 0]))], { axis: { i: 1 } }),
  },
  'TopK, and Gather by what it finds': {
    emit: (builder, x) => {
      const { width } = builder.typeOf(x)
      const count = Math.min(5, width)
      const k = builder.constant(tensor('int64', [1], [count]))
      const [values, indexes] = builder.nodes('TopK', [x, k], 2, { axis: { i: 1 }, largest: { i: 0 } })
      const weights = Array.from({ length: width }, (_, index) => index / 3)
      const found = builder.node('Gather', [builder.constant(tensor('float64', [width], weights)), indexes!])
      builder.declare(values!, { type: 'float64', width: count })
      builder.declare(found, { type: 'float64', width: count })
      return builder.node('Add', [values!, found])
    },
    types: ['float64'],
    domain: (value) => (Number.isNaN(value) ? 0 : value),
  },
  'ml.LabelEncoder': {
    emit: (builder, x) => {
      const keys_tensor = { t: tensor('float64', [3], [0, Number.NaN, 1]) }
      const values_tensor = { t: tensor('float64', [3], [5, 6, 7]) }
      const default_tensor = { t: tensor('float64', [1], [-1]) }
      const value = builder.node('ml.LabelEncoder', [x], { keys_tensor, values_tensor, default_tensor })
      return builder.declare(value, builder.typeOf(x))
    },
    types: ['float64'],
  },
  ...Object.fromEntries([1, 2, 3, 16, 130].map((outputs) => [`Gemm with ${outputs} outputs`, gemm(outputs)])),
  'ml.TreeEnsemble': { emit: trees, types: ['float32'] },
}

describe.each(Object.entries(cases))('%s', (_name, { emit, types = bothTypes, domain }) => {
  it.each(types)('gives the same for a row in any company, in %s', async (type) => {
    for (const width of [1, 3, 17]) {
      const builder = new GraphBuilder()
      const result = emit(builder, builder.input('x', type, width), type)
      builder.output('y', result)
      const values = numbers(rows * width, domain)
      const data = type === 'float32' ? Float32Array.from(values) : Float64Array.from(values)
      const outcome = await runInBatches(builder.toModel(), { data, width })
      expect(outcome, `width ${width}`).toEqual({ 1: 0, 3: 0, 13: 0, 4096: 0 })
    }
  })
})

describe('what rounds by chance', () => {
  it.each(['ReduceSum', 'ReduceMean', 'ReduceL2'])('is refused: %s', (op) => {
    const builder = new GraphBuilder()
    expect(() => builder.node(op, [builder.input('x', 'float32', 3)])).toThrow('rounds by chance')
  })

  it('cannot slip in behind a value whose type nobody knows', () => {
    const builder = new GraphBuilder()
    const [unknown = ''] = builder.nodes('Split', [builder.input('x', 'float64', 2)], 2, { axis: { i: 1 } })
    expect(() => builder.node('Log', [unknown])).toThrow('Nothing declares the type')
  })
})

/** How many values differ from those of all rows at once, by size of the batch. */
async function runInBatches(
  model: Uint8Array,
  { data, width }: { data: Float32Array | Float64Array; width: number },
) {
  const session = await InferenceSession.create(model, sessionOptions)
  const run = async (from: number, count: number): Promise<Float32Array | Float64Array> => {
    const part = data.subarray(from * width, (from + count) * width)
    const x = new Tensor(data instanceof Float32Array ? 'float32' : 'float64', part as Float64Array, [
      count,
      width,
    ])
    return (await session.run({ x }))['y']!.data as Float64Array
  }
  const whole = await run(0, rows)
  const perRow = whole.length / rows
  const different: Record<number, number> = {}
  for (const batch of batches.slice(0, -1)) {
    different[batch] = 0
    // A single row is as good as the next one: two thousand of them are enough.
    const last = batch === 4096 ? rows : 2000
    for (let from = 0; from < last; from += batch) {
      const part = await run(from, Math.min(batch, rows - from))
      for (let index = 0; index < part.length; index++)
        if (!Object.is(part[index], whole[from * perRow + index])) different[batch]++
    }
  }
  await session.release()
  return different
}

/** Ordinary, very small, very large, whole, missing and infinite numbers, the same in every run. */
function numbers(count: number, domain: (value: number) => number = (value) => value): Float64Array {
  let seed = 12_345
  const random = (): number => (seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32
  return Float64Array.from({ length: count }, () => {
    const kind = random()
    if (kind < 0.03) return Number.NaN
    if (kind < 0.05) return domain(random() < 0.5 ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY)
    if (kind < 0.1) return domain(Math.round((random() - 0.5) * 10))
    if (kind < 0.15) return domain((random() - 0.5) * 10 ** (20 * (random() - 0.5)))
    return domain((random() - 0.5) * 20)
  })
}

function gemm(outputs: number): Case {
  return {
    emit: (builder, x, type) => {
      const { width } = builder.typeOf(x)
      const clean = builder.node('Max', [
        builder.node('Min', [x, builder.constant(tensor(type, [1], [9]))]),
        builder.constant(tensor(type, [1], [-9])),
      ])
      const weights = Array.from(numbers(width * outputs), (value) => (Number.isFinite(value) ? value : 1))
      const bias = Array.from({ length: outputs }, (_, index) => index / 7)
      return builder.node('Gemm', [
        clean,
        builder.constant(tensor(type, [width, outputs], weights)),
        builder.constant(tensor(type, [outputs], bias)),
      ])
    },
  }
}

function asText(builder: GraphBuilder, x: Value): Value {
  return builder.node('Cast', [builder.node('Cast', [x], { to: { i: 7 } })], { to: { i: 8 } })
}

/** How often two terms come in the digits of each number. */
function terms(builder: GraphBuilder, x: Value): Value {
  const { width } = builder.typeOf(x)
  const reshaped = (value: Value, ...dims: number[]): Value =>
    builder.node('Reshape', [value, builder.constant(tensor('int64', [dims.length], dims))])
  const lower = builder.node('StringNormalizer', [reshaped(asText(builder, x), -1)], {
    case_change_action: { s: 'LOWER' },
    is_case_sensitive: { i: 1 },
    locale: { s: 'C' },
  })
  const tokens = builder.node('ms.Tokenizer', [lower], {
    mark: { i: 0 },
    mincharnum: { i: 1 },
    pad_value: { s: '\u0002' },
    tokenexp: { s: String.raw`\p{N}` },
  })
  const counts = builder.node('TfIdfVectorizer', [tokens], {
    mode: { s: 'TF' },
    min_gram_length: { i: 1 },
    max_gram_length: { i: 2 },
    max_skip_count: { i: 0 },
    ngram_counts: { ints: [0, 1] },
    ngram_indexes: { ints: [0, 1] },
    pool_strings: { strings: ['1', '1', '0'] },
  })
  return builder.declare(reshaped(counts, -1, 2 * width), { type: 'float32', width: 2 * width })
}

/** A hundred trees of one split each, their leaves summed. */
function trees(builder: GraphBuilder, x: Value): Value {
  const { width } = builder.typeOf(x)
  const count = 100
  const each = <Item>(item: (index: number) => Item): Item[] =>
    Array.from({ length: count }, (_, index) => item(index))
  const value = builder.node('ml.TreeEnsemble', [x], {
    n_targets: { i: 1 },
    aggregate_function: { i: 1 },
    post_transform: { i: 0 },
    tree_roots: { ints: each((index) => index) },
    nodes_featureids: { ints: each((index) => index % width) },
    nodes_splits: {
      t: tensor(
        'float32',
        [count],
        each((index) => index / 10 - 5),
      ),
    },
    nodes_modes: {
      t: tensor(
        'uint8',
        [count],
        each(() => 0),
      ),
    },
    nodes_missing_value_tracks_true: { ints: each((index) => index % 2) },
    nodes_truenodeids: { ints: each((index) => 2 * index) },
    nodes_falsenodeids: { ints: each((index) => 2 * index + 1) },
    nodes_trueleafs: { ints: each(() => 1) },
    nodes_falseleafs: { ints: each(() => 1) },
    leaf_targetids: { ints: each(() => 0).concat(each(() => 0)) },
    leaf_weights: {
      t: tensor(
        'float32',
        [2 * count],
        Array.from({ length: 2 * count }, (_, i) => i / 7 - 11),
      ),
    },
  })
  return builder.declare(value, { type: 'float32', width: 1 })
}
