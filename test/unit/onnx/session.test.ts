import { setImmediate } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import { GraphBuilder } from '../../../src/onnx/graph-builder.ts'
import { openSession, type InputRows } from '../../../src/onnx/session.ts'
import { tensor } from '../../../src/onnx/tensor.ts'

/** Doubles `x`, passes on the text, and gives [x, x] as float32. */
function model(): Uint8Array {
  const builder = new GraphBuilder()
  const x = builder.input('x', 'float64')
  const text = builder.input('text', 'string')
  builder.output('double', builder.node('Add', [x, x]))
  builder.output('text', text)
  const pair = builder.node('Concat', [x, x], { axis: { i: 1 } })
  builder.output('pair', builder.node('Cast', [pair], { to: { i: 1 } }))
  return builder.toModel({ note: 'hello' })
}

const rowsOf = (numbers: number[], texts: string[]): InputRows => ({
  rows: numbers.length,
  columns: { x: Float64Array.from(numbers), text: texts },
})

describe('a session', () => {
  it('says what it takes and gives', async () => {
    const session = await openSession(model())
    expect(session.inputs.map(({ name, type, width }) => ({ name, type, width }))).toEqual([
      { name: 'x', type: 'float64', width: 1 },
      { name: 'text', type: 'string', width: 1 },
    ])
    expect(session.outputs.map(({ name, width }) => [name, width])).toEqual([
      ['double', 1],
      ['text', 1],
      ['pair', 2],
    ])
    expect(session.metadata['note']).toBe('hello')
    await session.close()
  })

  it('answers for all outputs, or for those asked for', async () => {
    const session = await openSession(model())
    const rows = rowsOf([1, Number.NaN], ['a', ''])
    expect(await session.run(rows)).toEqual({
      double: Float64Array.of(2, Number.NaN),
      text: ['a', ''],
      pair: Float32Array.of(1, 1, Number.NaN, Number.NaN),
    })
    expect(await session.run(rows, ['text'])).toEqual({ text: ['a', ''] })
    await expect(session.run(rows, ['nothing'])).rejects.toThrow('no output nothing')
  })

  it('gives empty answers for no rows', async () => {
    const session = await openSession(model())
    expect(await session.run(rowsOf([], []))).toEqual({
      double: new Float64Array(),
      text: [],
      pair: new Float32Array(),
    })
  })

  it('takes more rows than one run has, and columns it does not know', async () => {
    const session = await openSession(model())
    const numbers = Array.from({ length: 10_000 }, (_, index) => index)
    const rows = rowsOf(
      numbers,
      numbers.map((value) => `ü${value}`),
    )
    const answer = await session.run({ ...rows, columns: { ...rows.columns, more: new Float64Array(1) } })
    expect(answer['double']).toEqual(Float64Array.from(numbers, (value) => 2 * value))
    expect(answer['text']).toEqual(rows.columns['text'])
    expect(answer['pair']!.slice(-4)).toEqual(Float32Array.of(9998, 9998, 9999, 9999))
  })

  it('takes columns that are named as what every object has', async () => {
    const builder = new GraphBuilder()
    for (const name of ['constructor', 'toString', '__proto__'])
      builder.output(`${name} again`, builder.input(name, 'float64'))
    for (const rows of ['few', 'many'] as const) {
      const session = await openSession(builder.toModel(), { rows })
      const columns = Object.fromEntries(session.inputs.map(({ name }) => [name, Float64Array.of(1)]))
      expect(session.inputs.map(({ name }) => name)).toEqual(['constructor', 'toString', '__proto__'])
      expect(await session.run({ rows: 1, columns })).toHaveProperty('constructor again', Float64Array.of(1))
    }
  })

  it('takes a part of a longer column', async () => {
    const session = await openSession(model())
    const x = Float64Array.of(1, 2, 3, 4).subarray(1, 3)
    const answer = await session.run({ rows: 2, columns: { x, text: ['', ''] } }, ['double'])
    expect(answer).toEqual({ double: Float64Array.of(4, 6) })
  })

  it('answers several calls at once, and closes when they have ended', async () => {
    const session = await openSession(model())
    const calls = [1, 2, 3].map((value) => session.run(rowsOf([value], ['']), ['double']))
    const closed = session.close()
    expect(await Promise.all(calls)).toEqual([2, 4, 6].map((value) => ({ double: Float64Array.of(value) })))
    await closed
  })
})

describe('a session that answers often', () => {
  it('keeps none of its answers', async () => {
    setFlagsFromString('--expose-gc')
    const collect = runInNewContext('gc') as () => void
    const session = await openSession(model())
    const answers: WeakRef<object>[] = []
    for (let run = 0; run < 20; run++)
      answers.push(new WeakRef((await session.run(rowsOf([run], [''])))['pair']!))
    await setImmediate()
    collect()
    expect(answers.filter((answer) => answer.deref()).length).toBeLessThan(3)
    await session.close()
  })
})

describe('a session refuses', () => {
  const cases: [string, InputRows, string][] = [
    ['a missing column', { rows: 1, columns: { x: Float64Array.of(1) } }, '“text”, which is not among'],
    ['an inherited one', { rows: 1, columns: Object.create(rowsOf([1], ['']).columns) }, '“x”, which is not'],
    ['texts for numbers', { rows: 1, columns: { x: ['1'], text: [''] } }, 'takes the column “x” as numbers'],
    ['a column too short', { rows: 2, columns: { x: Float64Array.of(1, 2), text: [''] } }, 'has 1 values'],
    ['a column too long', { rows: 1, columns: { x: Float64Array.of(1, 2), text: [''] } }, 'has 2 values'],
    ['a null text', rowsOf([1, 2], ['', null as unknown as string]), 'Row 2 of the column “text”'],
    ['NUL in a text', rowsOf([1], ['a\0b']), 'the character NUL'],
    ['half a character', rowsOf([1], ['\ud800']), 'half of a Unicode character'],
  ]
  it.each(cases)('%s', async (_what, rows, message) => {
    const session = await openSession(model())
    await expect(session.run(rows)).rejects.toThrow(message)
    await session.close()
  })

  it('bytes that are no model, with the reason', async () => {
    await expect(openSession(Uint8Array.of(1, 2, 3))).rejects.toMatchObject({ kind: 'user' })
    await expect(openSession(model().subarray(0, 200))).rejects.toMatchObject({ kind: 'user' })
  })

  it('a model whose names of columns are no JSON', async () => {
    const builder = new GraphBuilder()
    builder.output('y', builder.input('x', 'float64'))
    await expect(openSession(builder.toModel({ 'pipewright.input-names': '{' }))).rejects.toMatchObject({
      code: 'onnx.malformed',
    })
  })

  it('a model whose answers are no rows of numbers or texts', async () => {
    const builder = new GraphBuilder()
    const x = builder.input('x', 'float64')
    builder.output('small', builder.node('Less', [x, builder.constant(tensor('float64', [1], [0]))]))
    await expect(openSession(builder.toModel())).rejects.toThrow('“small” holds bool')
  })
})
