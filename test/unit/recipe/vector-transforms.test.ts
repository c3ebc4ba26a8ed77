import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TableData } from '../../../src/core/artifacts.ts'
import { transformParams, type TransformStep } from '../../../src/core/transforms/transform-step.ts'
import { openSession, type InputRows } from '../../../src/onnx/session.ts'
import { appendSteps, type StepToAppend } from '../../../src/recipe/append-step.ts'
import { buildModelGraph } from '../../../src/recipe/build-model.ts'
import { symmetricEigen } from '../../../src/recipe/symmetric-eigen.ts'
import { createTestContext, type TestContext } from '../../fixtures/test-context.ts'
import { smallTable, valuesOf, type SmallColumn } from './small-table.ts'

let context: TestContext
beforeAll(async () => {
  context = await createTestContext()
})
afterAll(() => context.dispose())

function step(transform: TransformStep['transform'], params: object): StepToAppend {
  return { transform, params: transformParams[transform].parse(params), node: 'test' } as StepToAppend
}

const number = (...values: (number | null)[]): SmallColumn => ({ type: 'number', values })
const text = (...values: (string | null)[]): SmallColumn => ({ type: 'text', values })

async function fitted(columns: Record<string, SmallColumn>, ...steps: StepToAppend[]): Promise<TableData> {
  return appendSteps(context, await smallTable(context, columns), steps)
}

/** How many values of a model's answers differ between all rows at once and parts of a size. */
async function differences(table: TableData, rows: InputRows, size: number): Promise<number> {
  const { bytes } = buildModelGraph(table, (_builder, matrix) => ({ value: matrix }))
  const session = await openSession(bytes)
  const whole = (await session.run(rows))['value'] as Float32Array
  const width = whole.length / rows.rows
  let count = 0
  for (let from = 0; from < rows.rows; from += size) {
    const part = Object.entries(rows.columns).map(([name, values]) => [name, values.slice(from, from + size)])
    const partRows = Math.min(size, rows.rows - from)
    const { value } = await session.run({ rows: partRows, columns: Object.fromEntries(part) as never })
    for (const [index, each] of (value as Float32Array).entries())
      if (!Object.is(each, whole[from * width + index])) count++
  }
  await session.close()
  return count
}

function random(seed: number): () => number {
  let state = seed
  return () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32
}

describe('principal components', () => {
  it('of many columns are the same for a row in any company', async () => {
    const next = random(1)
    const columns = Array.from({ length: 70 }, (_, index): [string, number[]] => [
      `c${index}`,
      Array.from({ length: 300 }, () => next() * 10 ** (index % 5)),
    ])
    const small = Object.fromEntries(columns.map(([name, values]) => [name, number(...values)]))
    const names = Object.keys(small)
    const table = await fitted(small, step('pca', { columns: names, components: 33, name: 'pc' }))
    const data = Object.fromEntries(columns.map(([name, values]) => [name, Float64Array.from(values)]))
    for (const size of [1, 3, 64])
      expect(await differences(table, { rows: 300, columns: data }, size)).toBe(0)
  })

  it('takes vectors, and leaves rows with gaps alone', async () => {
    const table = await fitted(
      { t: text('a', 'b', 'a', 'b'), x: number(1, 2, null, 5) },
      step('encode', { method: 'one-hot', columns: ['t'] }),
      step('pca', { columns: ['t', 'x'], components: 1, name: 'pc' }),
    )
    expect(table.columns.map(({ name, elements }) => [name, elements])).toEqual([['pc', ['pc_1']]])
    const { pc } = await valuesOf(context, table, { columns: ['pc'] })
    expect(pc!.map((value) => Number.isNaN(value))).toEqual([false, false, true, false])
  })

  it('says what is wrong', async () => {
    const pca = step('pca', { columns: ['x'], components: 1, name: 'pc' })
    await expect(fitted({ x: number(1, null) }, pca)).rejects.toThrow('Fewer than two train rows')
    await expect(fitted({ x: number(1, Infinity) }, pca)).rejects.toThrow('infinite numbers')
    await expect(fitted({ x: number(1), pc: number(1) }, pca)).rejects.toThrow('already a column “pc”')
    await expect(fitted({ x: text('a') }, pca)).rejects.toThrow('only numbers have principal components')
  })

  it('rest on eigenvectors that are exact for a matrix known in closed form', () => {
    const { values, vectors } = symmetricEigen(Float64Array.of(2, 1, 0, 1, 2, 0, 0, 0, 5), 3)
    const near = (numbers: readonly number[]) => numbers.map((value) => expect.closeTo(value, 14) as number)
    expect(values).toEqual(near([5, 3, 1]))
    const half = Math.SQRT1_2
    const directions = [
      [0, 0, 1],
      [half, half, 0],
      [half, -half, 0],
    ] as const
    expect(vectors.map((vector) => Array.from(vector))).toEqual(directions.map(near))
  })
})

describe('terms of texts', () => {
  const terms = (more: object = {}) =>
    step('text-features', {
      columns: ['t'],
      words: [1, 1],
      weights: 'tf-idf',
      maximumTerms: 1000,
      minimumRows: 1,
      ...more,
    })

  it('are weighted the same for a row in any company', async () => {
    const next = random(2)
    const words = Array.from({ length: 400 }, (_, index) => `word${index}`)
    const texts = Array.from({ length: 200 }, () =>
      Array.from({ length: Math.floor(next() * 30) }, () => words[Math.floor(next() ** 2 * 400)]).join(' '),
    )
    const table = await fitted({ t: text(...texts) }, terms({ words: [1, 2] }))
    for (const size of [1, 7])
      expect(await differences(table, { rows: 200, columns: { t: texts } }, size)).toBe(0)
  })

  it('keep at the limit the most frequent, and of equal ones the first by code point', async () => {
    const table = await fitted({ t: text('dd cc', 'bb aa aa', 'ee') }, terms({ maximumTerms: 3 }))
    expect(table.columns[0]!.elements).toEqual(['t:aa', 't:bb', 't:cc'])
  })

  it('read A to Z as small letters, and no others', async () => {
    const column = text('ÜBER Über über', 'Über')
    const table = await fitted({ t: column }, terms({ weights: 'count' }))
    expect(table.columns[0]!.elements).toEqual(['t:Über', 't:über'].toSorted())
    expect(await valuesOf(context, table, { columns: ['t'] })).toEqual({ t: [2, 1, 1, 0] })
  })

  it('are all zeros for null and for what has none of them', async () => {
    const table = await fitted({ t: text('good', null, 'a b c', '') }, terms())
    expect(await valuesOf(context, table, { columns: ['t'] })).toEqual({
      t: [expect.closeTo(1, 8), 0, 0, 0],
    })
  })

  it('say so where there are none', async () => {
    await expect(fitted({ t: text('a b', null) }, terms())).rejects.toThrow('No term of the column “t”')
    await expect(fitted({ t: text('one') }, terms({ words: [2, 1] }))).rejects.toThrow(
      '2 words are more than 1.',
    )
  })
})

describe('products', () => {
  it('are refused where there are none, or too many', async () => {
    const product = (columns: string[], more: object = {}) =>
      step('polynomial', { columns, degree: 2, name: 'p', ...more })
    await expect(fitted({ x: number(1) }, product(['x'], { interactionsOnly: true }))).rejects.toThrow(
      'One column alone has no products with others.',
    )
    const many = Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`x${index}`, number(1)]))
    await expect(fitted(many, product(Object.keys(many), { degree: 3 }))).rejects.toThrow(
      'There would be 39650 products; the most are 10000.',
    )
  })
})

describe('selecting features', () => {
  const select = (more: object) => step('select-features', { columns: ['x', 'n'], name: 's', ...more })

  it('chooses among the elements of vectors, and passes over missing values', async () => {
    const table = await fitted(
      { t: text('a', 'b', 'a', 'b'), x: number(3, 3, null, 3), y: text('no', 'yes', 'no', null) },
      step('encode', { method: 'one-hot', columns: ['t'] }),
      step('select-features', {
        columns: ['t', 'x'],
        method: 'mutual-information',
        target: 'y',
        keep: 1,
        threshold: 0.1,
        name: 's',
      }),
    )
    expect(table.columns.map(({ name, elements }) => [name, elements])).toEqual([
      ['y', undefined],
      ['s', ['t=a']],
    ])
    expect(await valuesOf(context, table, { columns: ['s'] })).toEqual({ s: [1, 0, 1, 0] })
  })

  it('says what is wrong', async () => {
    const columns = { x: number(1, 1, -1), n: number(2, 2, 2), y: text('a', 'b', 'b') }
    const score = { method: 'chi-squared', target: 'y', keep: 1, threshold: null }
    await expect(fitted(columns, select(score))).rejects.toThrow('numbers below 0')
    await expect(fitted(columns, select({ ...score, target: 'n' }))).rejects.toThrow(
      'chi-squared needs classes',
    )
    await expect(fitted(columns, select({ ...score, target: 'z' }))).rejects.toThrow('no column “z”')
    await expect(fitted(columns, select({ method: 'variance', threshold: 9 }))).rejects.toThrow(
      'No feature passes',
    )
    await expect(
      fitted({ ...columns, x: number(1, Infinity, 2) }, select({ method: 'variance' })),
    ).rejects.toThrow('infinite numbers')
  })
})

describe('cleaning texts', () => {
  const after = async (values: (string | null)[], params: object) => {
    const table = await fitted({ t: text(...values) }, step('text-clean', { columns: ['t'], ...params }))
    return (await valuesOf(context, table, { columns: ['t'] }))['t']
  }

  it('changes A to Z alone, then reads whole texts as others or as none', async () => {
    const values = ['JENA', 'Straße Ä', null, 'N/A', 'jena ', 'J.', '\u0002']
    const params = { letters: 'lower', missing: ['n/a'], replace: { 'j.': 'jena', 'jena ': '' } }
    expect(await after(values, params)).toEqual(['jena', 'straße Ä', '', '', '', 'jena', '\u0002'])
    expect(await after(['a', null, 'ß'], { letters: 'upper' })).toEqual(['A', '', 'ß'])
  })

  it('leaves null null, whatever is said of it', async () => {
    expect(await after([null, 'a'], { replace: { '': 'known' }, missing: [''] })).toEqual(['', 'a'])
    expect(await after([null], { letters: 'lower' })).toEqual([''])
  })
})
