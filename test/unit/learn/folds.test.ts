import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { DealMethod } from '../../../src/learn/folds/deal-blocks.ts'
import { makeFolds, type Folds } from '../../../src/learn/folds/folds.ts'

const rowsOf = (folds: Folds, rows: number, part: string, fold: number): number[] =>
  Array.from({ length: rows }, (_, row) => row).filter((row) => folds.partOf(fold, row) === part)

const sizes = fc.record({
  rows: fc.integer({ min: 10, max: 200 }),
  count: fc.integer({ min: 3, max: 10 }),
  seed: fc.nat(),
  validates: fc.boolean(),
})

describe('folds', () => {
  it('hold every row out once, and train on all others', () => {
    fc.assert(
      fc.property(sizes, ({ rows, count, seed, validates }) => {
        const folds = makeFolds({ by: 'chance', rows, seed }, { count, validates })
        const heldOut = Array.from({ length: count }, (_, fold) => rowsOf(folds, rows, 'held-out', fold))
        expect(heldOut.flat().toSorted((a, b) => a - b)).toEqual(
          Array.from({ length: rows }, (_, row) => row),
        )
        const lengths = heldOut.map(({ length }) => length)
        expect(Math.max(...lengths) - Math.min(...lengths)).toBeLessThanOrEqual(1)
        for (let fold = 0; fold < count; fold++) {
          const validating = rowsOf(folds, rows, 'validation', fold)
          expect(validating).toEqual(validates ? heldOut[(fold + count - 1) % count] : [])
          expect(rowsOf(folds, rows, 'train', fold)).toHaveLength(rows - lengths[fold]! - validating.length)
        }
      }),
    )
  })

  it('keep the shares of every class to within a row', () => {
    fc.assert(
      fc.property(sizes, fc.integer({ min: 1, max: 5 }), ({ rows, count, seed }, classes) => {
        const values = Array.from({ length: rows }, (_, row) => `class ${(row * row) % classes}`)
        const folds = makeFolds({ by: 'class', values, seed }, { count, validates: false })
        for (const name of new Set(values)) {
          const counts = Array.from(
            { length: count },
            (_, fold) => rowsOf(folds, rows, 'held-out', fold).filter((row) => values[row] === name).length,
          )
          expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1)
        }
      }),
    )
  })

  it('keep a group together', () => {
    fc.assert(
      fc.property(sizes, ({ rows, count, seed, validates }) => {
        const values = Float64Array.from({ length: rows }, (_, row) => (row * row) % 23)
        fc.pre(new Set(values).size >= count)
        const folds = makeFolds({ by: 'group', values, seed }, { count, validates })
        for (let fold = 0; fold < count; fold++) {
          const heldOut = rowsOf(folds, rows, 'held-out', fold)
          const groups = new Set(heldOut.map((row) => values[row]))
          expect(heldOut.length).toBeGreaterThan(0)
          expect(heldOut).toEqual(Array.from(values.keys()).filter((row) => groups.has(values[row])))
        }
      }),
    )
  })

  it('in order, train on nothing that comes after what validates or is held out', () => {
    fc.assert(
      fc.property(sizes, ({ rows, count, validates }) => {
        fc.pre(rows >= 3 * count)
        const values = Float64Array.from({ length: rows }, (_, row) =>
          Math.floor(((row * 7919) % rows) / 1.5),
        )
        const folds = makeFolds({ by: 'order', values, rows }, { count, validates })
        const parts = validates
          ? ['train', 'validation', 'held-out', 'unused']
          : ['train', 'held-out', 'unused']
        for (let fold = 0; fold < count; fold++) {
          const times = parts.map((part) => rowsOf(folds, rows, part, fold).map((row) => values[row]!))
          for (const [index, before] of times.slice(0, -1).entries()) {
            expect(Math.max(...before)).toBeLessThan(Math.min(...times[index + 1]!))
            expect(before.length).toBeGreaterThan(0)
          }
        }
      }),
    )
  })

  it('in the order of the rows, are those of equal blocks', () => {
    const folds = makeFolds({ by: 'order', values: null, rows: 12 }, { count: 3, validates: false })
    expect([0, 1, 2].map((fold) => rowsOf(folds, 12, 'held-out', fold))).toEqual([
      [3, 4, 5],
      [6, 7, 8],
      [9, 10, 11],
    ])
    expect(rowsOf(folds, 12, 'train', 1)).toEqual([0, 1, 2, 3, 4, 5])
  })

  it.each<[string, DealMethod, RegExp]>([
    ['rows', { by: 'chance', rows: 2, seed: 1 }, /^There are 2 rows .* too few for 3 parts\.$/],
    ['groups', { by: 'group', values: ['a', 'a', 'b'], seed: 1 }, /^There are 2 groups/],
    [
      'times',
      { by: 'order', values: ['a', 'a', 'a', 'b', 'c'], rows: 5 },
      /^Too many rows have equal values/,
    ],
    ['values', { by: 'order', values: ['a', '', 'c', 'd'], rows: 4 }, /no value in 1 of 4 rows\.$/],
  ])('cannot be made of too few %s', (_, method, message) => {
    expect(() => makeFolds(method, { count: 3, validates: false })).toThrow(message)
  })
})
