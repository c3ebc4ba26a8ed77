import { describe, expect, it } from 'vitest'
import type { ColumnType } from '../../../src/core/columns.ts'
import { balanceClasses } from '../../../src/learn/class-weights.ts'
import type { LearningPart } from '../../../src/learn/learner.ts'
import { mostClasses, positiveClass, readClassTarget, readNumberTarget } from '../../../src/learn/targets.ts'

type Values = readonly string[] | Float64Array

function source(type: ColumnType, train: Values, validation: Values = train.slice(0, 0)) {
  const parts = { train, validation }
  return {
    column: 'churn',
    type,
    rows: { train: train.length, validation: validation.length },
    async *chunks(part: LearningPart) {
      for (let row = 0; row < parts[part].length; row += 2) yield parts[part].slice(row, row + 2)
    },
  }
}

describe('a target of classes', () => {
  it('orders texts by code point', async () => {
    const target = await readClassTarget(source('text', ['é', 'z', '😀', '\uFFFD', 'A', 'z']))
    expect(target.classes).toEqual(['A', 'z', 'é', '\uFFFD', '😀'])
    expect([...target.codes.train]).toEqual([2, 1, 4, 3, 0, 1])
    expect(target.task).toBe('multiclass')
  })

  it('orders numbers by value', async () => {
    const target = await readClassTarget(source('integer', Float64Array.of(10, 9, -1, 9)))
    expect(target.classes).toEqual(['-1', '9', '10'])
  })

  it('orders false before true', async () => {
    const target = await readClassTarget(source('boolean', Float64Array.of(1, 0, 1), Float64Array.of(0)))
    expect(target).toMatchObject({ task: 'binary', classes: ['false', 'true'] })
    expect(target.codes).toEqual({ train: Uint16Array.of(1, 0, 1), validation: Uint16Array.of(0) })
  })

  it('takes the last class for the positive one, unless told otherwise', async () => {
    const target = await readClassTarget(source('text', ['yes', 'no']))
    expect(positiveClass(target)).toBe('yes')
    expect(positiveClass(target, 'no')).toBe('no')
    expect(() => positiveClass(target, 'maybe')).toThrow(
      'The target “churn” has no class “maybe”; its classes are “no”, “yes”.',
    )
  })

  it('counts the rows that have no value', async () => {
    await expect(readClassTarget(source('text', ['yes', '', 'no', ''], ['']))).rejects.toMatchObject({
      message: 'The target “churn” has no value in 3 of 5 rows.',
      remedy:
        'Put `features.filter` before the split, with the condition “churn is not null”: a model cannot learn from ' +
        'rows without an answer.',
    })
  })

  it('refuses a single class', async () => {
    await expect(readClassTarget(source('text', ['no', 'no']))).rejects.toThrow(
      'The target “churn” has the value “no” in every train row.',
    )
  })

  it('refuses a class that only validation rows have', async () => {
    await expect(readClassTarget(source('text', ['no', 'yes'], ['maybe', 'no']))).rejects.toMatchObject({
      code: 'learn.class-without-train-rows',
      message: 'The target “churn” has the value “maybe” in validation rows, but in no train row.',
    })
  })

  it('refuses what are no classes but amounts', async () => {
    const amounts = Float64Array.from({ length: mostClasses + 1 }, (_, index) => index / 7)
    await expect(readClassTarget(source('number', amounts))).rejects.toMatchObject({
      code: 'learn.too-many-classes',
    })
  })

  it('refuses dates', async () => {
    await expect(readClassTarget(source('date', Float64Array.of(0, 1)))).rejects.toMatchObject({
      code: 'learn.target-unsuitable',
    })
  })
})

describe('a target of numbers', () => {
  it('is kept as it is', async () => {
    const target = await readNumberTarget(source('number', Float64Array.of(1.5, -2, 0), Float64Array.of(7)))
    expect(target.values).toEqual({ train: Float64Array.of(1.5, -2, 0), validation: Float64Array.of(7) })
  })

  it('counts the rows that have no value', async () => {
    await expect(readNumberTarget(source('number', Float64Array.of(1, NaN, 2)))).rejects.toThrow(
      'The target “churn” has no value in 1 of 3 rows.',
    )
  })

  it('refuses numbers that float32 cannot hold', async () => {
    await expect(readNumberTarget(source('number', Float64Array.of(1, Infinity, 1e39)))).rejects.toThrow(
      'The target “churn” is infinite in 2 of 3 rows.',
    )
  })

  it('refuses texts', async () => {
    await expect(readNumberTarget(source('text', ['a']))).rejects.toMatchObject({
      code: 'learn.target-no-number',
    })
  })
})

describe('balanced classes', () => {
  it('weigh the same in all train rows', async () => {
    const target = await readClassTarget(source('text', ['a', 'a', 'a', 'b'], ['b', 'a']))
    expect(balanceClasses(target)).toEqual({
      train: Float64Array.of(2 / 3, 2 / 3, 2 / 3, 2),
      validation: Float64Array.of(2, 2 / 3),
    })
  })

  it('multiply the weights that are given', async () => {
    const target = await readClassTarget(source('text', ['a', 'b']))
    const weights = { train: Float64Array.of(3, 5), validation: new Float64Array() }
    expect(balanceClasses(target, weights).train).toEqual(Float64Array.of(3, 5))
  })
})
