import { describe, expect, it } from 'vitest'
import { decodeMessage } from '../../../src/onnx/codec.ts'
import { GraphBuilder } from '../../../src/onnx/graph-builder.ts'
import { openSession } from '../../../src/onnx/session.ts'
import { tensor } from '../../../src/onnx/tensor.ts'

const number = (value: number) => tensor('float64', [1], [value])

async function answers(bytes: Uint8Array, columns: Record<string, Float64Array | string[]>) {
  const session = await openSession(bytes)
  const rows = Object.values(columns)[0]!.length
  const outputs = await session.run({ rows, columns })
  await session.close()
  return outputs
}

describe('a graph', () => {
  it('holds only what its outputs need', () => {
    const builder = new GraphBuilder()
    const age = builder.input('age', 'float64')
    const unused = builder.input('income', 'float64')
    builder.node('Add', [unused, builder.constant(number(1))])
    builder.output('older', builder.node('Add', [age, builder.constant(number(2))]))
    const { graph } = decodeMessage('Model', builder.toModel())
    expect(graph?.input?.map(({ name }) => name)).toEqual(['age'])
    expect(graph?.node?.map(({ opType }) => opType)).toEqual(['Add'])
    expect(graph?.initializer).toHaveLength(1)
  })

  it('may be given columns that are named as its answers or as its inner values', async () => {
    const builder = new GraphBuilder()
    const one = builder.constant(number(1))
    const value = builder.input('value', 'float64')
    const inner = builder.input('v0', 'float64')
    const taken = builder.input('value (input)', 'float64')
    const sum = builder.node('Add', [builder.node('Add', [value, inner]), taken])
    builder.output('value', builder.node('Add', [sum, one]))
    const columns = {
      value: Float64Array.of(10),
      v0: Float64Array.of(200),
      'value (input)': Float64Array.of(3000),
    }
    expect(await answers(builder.toModel(), columns)).toEqual({ value: Float64Array.of(3211) })
  })

  it('may be given a column without a name', async () => {
    const builder = new GraphBuilder()
    builder.output('value', builder.node('Neg', [builder.input('', 'float64')]))
    expect(await answers(builder.toModel(), { '': Float64Array.of(1) })).toEqual({
      value: Float64Array.of(-1),
    })
  })

  it('may put out an input, a constant, and one value under two names', async () => {
    const builder = new GraphBuilder()
    const age = builder.input('age', 'float64')
    const older = builder.node('Add', [age, builder.constant(number(1))])
    builder.output('age', age)
    builder.output('older', older)
    builder.output('again', older)
    builder.output('one', builder.constant(tensor('float64', [1, 1], [1])))
    expect(await answers(builder.toModel(), { age: Float64Array.of(5) })).toEqual({
      age: Float64Array.of(5),
      older: Float64Array.of(6),
      again: Float64Array.of(6),
      one: Float64Array.of(1),
    })
  })

  it('has the same bytes when it is built again, also beside parts that are not needed', () => {
    const build = (withMore: boolean): Uint8Array => {
      const builder = new GraphBuilder()
      const age = builder.input('age', 'float64')
      if (withMore) builder.node('Neg', [age])
      builder.output('older', builder.node('Add', [age, builder.constant(number(1))]))
      return builder.toModel({ made: 'here' })
    }
    expect(build(true)).toEqual(build(false))
  })

  it('names only the operator sets that it uses', () => {
    const builder = new GraphBuilder()
    builder.output('age', builder.node('Neg', [builder.input('age', 'float64')]))
    expect(decodeMessage('Model', builder.toModel()).opsetImport).toEqual([{ domain: '', version: 20 }])
  })

  it('gives the one input of a name however often it is asked for', () => {
    const builder = new GraphBuilder()
    expect(builder.input('age', 'float64')).toBe(builder.input('age', 'float64'))
    expect(() => builder.input('age', 'string')).toThrow('The input age is float64 [N, 1], not string [N, 1]')
  })
})

describe('types', () => {
  it('follow the operators', () => {
    const builder = new GraphBuilder()
    const x = builder.input('x', 'float64', 3)
    const y = builder.input('y', 'float64')
    const table = builder.node('Concat', [x, y], { axis: { i: 1 } })
    const picked = builder.node('Gather', [table, builder.constant(tensor('int64', [2], [3, 0]))], {
      axis: { i: 1 },
    })
    const isSmall = builder.node('Less', [picked, builder.constant(number(0))])
    const narrow = builder.node('Cast', [isSmall], { to: { i: 1 } })
    const weights = builder.constant(tensor('float32', [2, 5], Array(10).fill(1)))
    expect(
      [table, picked, isSmall, narrow, builder.node('Gemm', [narrow, weights])].map((value) =>
        builder.typeOf(value),
      ),
    ).toEqual([
      { type: 'float64', width: 4 },
      { type: 'float64', width: 2 },
      { type: 'bool', width: 2 },
      { type: 'float32', width: 2 },
      { type: 'float32', width: 5 },
    ])
  })

  it('have to be declared where no rule tells', () => {
    const builder = new GraphBuilder()
    const text = builder.input('text', 'string')
    const tokens = builder.node('ms.Tokenizer', [text])
    expect(() => builder.typeOf(tokens)).toThrow(/Nothing declares the type/)
    expect(() => builder.output('tokens', text, 'float32', 2)).toThrow('The output tokens is string [N, 1]')
  })
})

describe('an extended model', () => {
  const base = (): Uint8Array => {
    const builder = new GraphBuilder()
    const score = builder.node('Add', [builder.input('score', 'float64'), builder.constant(number(1))])
    builder.output('score', score)
    builder.output('other', builder.node('Neg', [builder.input('unrelated', 'float64')]))
    return builder.toModel({ learner: 'trees' })
  }

  it('goes on from the answers and puts out only what it is told to', async () => {
    const { builder, answers: given } = GraphBuilder.extend(base())
    builder.output('score', builder.node('Mul', [given['score']!, builder.constant(number(10))]))
    const bytes = builder.toModel({ threshold: '0.5' })
    const session = await openSession(bytes)
    expect(session.metadata).toMatchObject({ learner: 'trees', threshold: '0.5' })
    expect(session.inputs.map(({ name }) => name)).toEqual(['score'])
    expect(await session.run({ rows: 1, columns: { score: Float64Array.of(4) } })).toEqual({
      score: Float64Array.of(50),
    })
  })

  it('keeps a column that is named as what every object has', () => {
    const builder = new GraphBuilder()
    builder.output('y', builder.input('constructor', 'float64'))
    expect(GraphBuilder.extend(builder.toModel()).builder.neededInputs()).toEqual([])
    const { builder: longer, answers } = GraphBuilder.extend(builder.toModel())
    longer.output('y', answers['y']!)
    expect(longer.neededInputs()).toEqual(['constructor'])
  })

  it('can be extended again', async () => {
    const first = GraphBuilder.extend(base())
    for (const [name, value] of Object.entries(first.answers)) first.builder.output(name, value)
    const second = GraphBuilder.extend(first.builder.toModel())
    second.builder.output('label', second.builder.node('Neg', [second.answers['score']!]))
    expect(await answers(second.builder.toModel(), { score: Float64Array.of(1) })).toEqual({
      label: Float64Array.of(-2),
    })
  })
})
