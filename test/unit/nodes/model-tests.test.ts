import type { z } from 'zod'
import { describe, expect, it } from 'vitest'
import type { Answers } from '../../../nodes/validation/model-tests/ask-model.ts'
import { modelTestSchema } from '../../../nodes/validation/model-tests/model-test.ts'
import {
  judgeRows,
  type Asked,
  type ReadTest,
  type TestOutcome,
} from '../../../nodes/validation/model-tests/run-model-test.ts'
import type { StartColumn } from '../../../src/core/artifacts.ts'
import type { HeldColumns } from '../../../src/learn/explain/held-columns.ts'

const dayMs = 86_400_000
const input = (name: string, type: StartColumn['type']): StartColumn => ({ name, type, source: 'file' })
const columns = {
  age: Float64Array.of(20, 30, 40, NaN),
  name: ['Ada', 'Bo', '', 'Cy'],
  joined: Float64Array.of(0, dayMs, 2 * dayMs, 3 * dayMs),
}
/** A model whose answer is known in closed form: P(yes) = age / 100, and 0.5 where the age is missing. */
const byAge = (held: HeldColumns): Answers => {
  const yes = Array.from(held['age'] as Float64Array, (age) => (Number.isNaN(age) ? 0.5 : age / 100))
  return {
    answer: (row) => (yes[row]! >= 0.35 ? 'yes' : 'no'),
    isPresent: () => true,
    amount: (row, place) => (place === 1 ? yes[row]! : 1 - yes[row]!),
    highest: (row) => (yes[row]! >= 0.5 ? 1 : 0),
    width: 2,
  }
}
/** Amounts: a hundred times the days since the epoch, for Ada one more. */
const byDay = (held: HeldColumns): Answers => {
  const day = (row: number) => (held['joined'] as Float64Array)[row]! / dayMs
  const amount = (row: number) => 100 * day(row) + ((held['name'] as string[])[row] === 'Ada' ? 1 : 0)
  return { answer: amount, isPresent: () => true, amount, highest: () => 0, width: 1 }
}
const asked = (model: (held: HeldColumns) => Answers): Asked => ({
  columns,
  count: 4,
  answers: model(columns),
  ask: (held) => Promise.resolve(model(held)),
})
const byClass: ReadTest = { place: 1, values: [] }
const ofAge: ReadTest = { place: 1, input: input('age', 'number'), values: [] }
const judge = async (
  given: z.input<typeof modelTestSchema>,
  of: Asked,
  read: ReadTest,
): Promise<TestOutcome> => {
  const test = modelTestSchema.parse(given)
  if (test.test === 'size') throw new TypeError('no test of rows')
  return judgeRows(test, of, read)
}
const counts = ({ rows, unexpected, success }: TestOutcome) => ({ rows, unexpected, success })

describe('a test of a model', () => {
  it('holds answers against a range, ends included', async () => {
    const within = { test: 'answers-between', minimum: 0.2, maximum: 0.5 } as const
    expect(counts(await judge(within, asked(byAge), byClass))).toEqual({
      rows: 4,
      unexpected: 0,
      success: true,
    })
    const below = { ...within, maximum: 0.39 }
    const judged = await judge(below, asked(byAge), byClass)
    expect(counts(judged)).toEqual({ rows: 4, unexpected: 2, success: false })
    expect(judged.failedRows.map(({ row }) => row)).toEqual([2, 3])
  })

  it('lets pass as many rows as “mostly” leaves, and no more', async () => {
    const test = { test: 'answers-between', maximum: 0.39 } as const
    expect(await judge({ ...test, mostly: 0.5 }, asked(byAge), byClass)).toMatchObject({ success: true })
    expect(await judge({ ...test, mostly: 0.51 }, asked(byAge), byClass)).toMatchObject({
      success: false,
    })
  })

  it('counts how often a class is answered', async () => {
    const test = {
      test: 'share-of-class',
      class: 'yes',
      minimum: 0.5,
      maximum: 0.5,
      severity: 'error',
    } as const
    expect(await judge(test, asked(byAge), byClass)).toMatchObject({ observed: 0.5, success: true })
  })

  it('moves a column both ways, and leaves out rows that have no value to move', async () => {
    const test = { test: 'invariance', column: 'age', by: 10 } as const
    const judged = await judge(test, asked(byAge), ofAge)
    expect(counts(judged)).toEqual({ rows: 3, unexpected: 2, success: false })
    expect(judged.failedRows).toEqual([
      { row: 1, answer: 'no', changed: { from: 30, to: 40, answer: 'yes' } },
      { row: 2, answer: 'yes', changed: { from: 40, to: 30, answer: 'no' } },
    ])
    const byProbability = { ...test, tolerance: 0.1 + 1e-12 }
    expect(await judge(byProbability, asked(byAge), ofAge)).toMatchObject({ unexpected: 0 })
    expect(await judge({ ...test, tolerance: 0.09 }, asked(byAge), ofAge)).toMatchObject({
      unexpected: 3,
    })
  })

  it('puts other values in place of a text, and says nothing of rows that have them already', async () => {
    const test = { test: 'invariance' as const, column: 'name', values: ['Ada'] }
    const read = { place: 0, input: input('name', 'text'), values: ['Ada'] }
    const judged = await judge(test, asked(byDay), read)
    expect(counts(judged)).toEqual({ rows: 2, unexpected: 2, success: false })
    expect(judged.failedRows[0]).toEqual({
      row: 1,
      answer: 100,
      changed: { from: 'Bo', to: 'Ada', answer: 101 },
    })
  })

  it.each([
    ['rises', 10, 0],
    ['does-not-fall', 10, 0],
    ['falls', 10, 3],
    ['does-not-rise', 10, 3],
    ['falls', -10, 0],
    ['rises', 0, 3],
    ['does-not-rise', 0, 0],
  ] as const)('follows a probability that %s when %d is added', async (expected, by, unexpected) => {
    const test = { test: 'direction', column: 'age', by, expected } as const
    expect(await judge(test, asked(byAge), ofAge)).toMatchObject({ rows: 3, unexpected })
  })

  it('moves dates by days', async () => {
    const test = {
      test: 'direction',
      column: 'joined',
      by: 7,
      expected: 'rises',
      tolerance: 0,
    } as const
    const read = { place: 0, input: input('joined', 'date'), values: [] }
    expect(await judge(test, asked(byDay), read)).toMatchObject({ rows: 4, unexpected: 0 })
    const wrong = await judge({ ...test, expected: 'falls' }, asked(byDay), read)
    expect(wrong.failedRows[0]!.changed).toEqual({ from: '1970-01-01', to: '1970-01-08', answer: 701 })
  })

  it('follows the class that was answered where none is named', async () => {
    const test = {
      test: 'direction',
      column: 'age',
      by: 1,
      expected: 'rises',
      tolerance: 0,
    } as const
    const read = { ...ofAge, place: null }
    // “no” is the most probable class of all three rows, and loses.
    expect(await judge(test, asked(byAge), read)).toMatchObject({ rows: 3, unexpected: 3 })
  })
})
