import { describe, expect, it } from 'vitest'
import type { StartColumn } from '../../../src/core/artifacts.ts'
import type { ColumnSketch } from '../../../src/core/sketch-schema.ts'
import { candidatesFor } from '../../../src/learn/explain/change-candidates.ts'
import {
  findCounterfactuals,
  type CounterfactualSearch,
  type RowValues,
} from '../../../src/learn/explain/counterfactuals.ts'
import { createRandom } from '../../../src/tables/random.ts'
import { sketchOf } from '../../../src/tables/sketch.ts'

const columns: StartColumn[] = [
  { name: 'a', type: 'number', source: 'test' },
  { name: 'b', type: 'number', source: 'test' },
  { name: 'count', type: 'integer', source: 'test' },
  { name: 'town', type: 'text', source: 'test' },
  { name: 'useless', type: 'number', source: 'test' },
]
const random = createRandom(4)
const rows = 2000
const numbers = (scale: number) => Float64Array.from({ length: rows }, () => scale * random.unit())
const chunk = {
  rows,
  firstRow: 0,
  columns: {
    a: numbers(10),
    b: numbers(100),
    count: numbers(50).map(Math.round),
    town: Array.from({ length: rows }, (_, row) => ['Gera', 'Jena', 'Weimar'][row % 3]!),
    useless: numbers(1),
  },
}
const sketch = await sketchOf({
  columns,
  chunks: (async function* () {
    yield chunk
  })(),
})
const sketches: Record<string, ColumnSketch> = Object.fromEntries(
  sketch.columns.map((column) => [column.name, column]),
)
const sdOf = (name: string): number => {
  const column = sketches[name]!
  return column.type === 'text' ? 1 : column.numbers!.sd!
}

const start: RowValues = { a: 2, b: 20, count: 5, town: 'Gera', useless: 0.5 }

function search(
  score: (row: RowValues) => number,
  options: Partial<CounterfactualSearch> & { bound: number },
) {
  const { bound, ...changes } = options
  return findCounterfactuals({
    row: start,
    columns,
    sketches,
    mostChanges: 3,
    most: 4,
    judge: async (all) => all.map((row) => ({ reached: score(row) >= bound, nearness: score(row) })),
    ...changes,
  })
}
const amount = (row: RowValues, name: string): number => row[name] as number

describe('the search for other answers', () => {
  it('finds the least change of one column, up to round numbers', async () => {
    const score = (row: RowValues) =>
      amount(row, 'a') + amount(row, 'b') / 10 + (row['town'] === 'Jena' ? 6 : 0)
    const { found, closest } = await search(score, { bound: 7 })
    expect(closest).toBeNull()
    expect(found.map(({ changes }) => changes.map(({ column, value }) => [column, value]))).toEqual(
      [[['town', 'Jena']], [['a', 5]], [['b', 50]]].toSorted(
        (one, two) => distance(one[0]!) - distance(two[0]!),
      ),
    )
    for (const { changes, distance: told } of found)
      expect(told).toBeCloseTo(distance([changes[0]!.column, changes[0]!.value]), 6)
  })

  const distance = ([name, value]: (string | number)[]): number =>
    typeof value === 'number' ? (value - amount(start, name as string)) / sdOf(name as string) : 1

  it('changes as few columns as possible, and brings each back as far as the answer allows', async () => {
    const score = (row: RowValues) =>
      Math.min(amount(row, 'a') / 6, 1) + Math.min(amount(row, 'count') / 23, 1)
    const { found } = await search(score, { bound: 2 })
    expect(found).toHaveLength(1)
    const [a, count] = found[0]!.changes
    expect([a!.column, a!.value, count!.column, count!.value]).toEqual(['a', 6, 'count', 23])
  })

  it('leaves alone what may not change, and says what came nearest', async () => {
    const score = (row: RowValues) => amount(row, 'a') + amount(row, 'b')
    const { found, closest } = await search(score, {
      bound: 60,
      columns: columns.filter(({ name }) => name === 'a' || name === 'town'),
    })
    expect(found).toEqual([])
    expect(closest!.changes.map(({ column }) => column)).toEqual(['a'])
    expect(closest!.changes[0]!.value).toBeCloseTo(10, 1)
  })

  it('comes to the same each time, and gives up after so many columns', async () => {
    const score = (row: RowValues) =>
      (amount(row, 'a') > 5 ? 1 : 0) + (amount(row, 'b') > 50 ? 1 : 0) + (row['town'] === 'Weimar' ? 1 : 0)
    const once = await search(score, { bound: 3 })
    expect(await search(score, { bound: 3 })).toEqual(once)
    expect(once.found[0]!.changes).toHaveLength(3)
    const short = await search(score, { bound: 3, mostChanges: 2 })
    expect(short.found).toEqual([])
    expect(short.closest!.judged.nearness).toBe(2)
  })
})

describe('values that a column could have instead', () => {
  it('are those of the train rows', () => {
    const towns = candidatesFor(columns[3]!, sketches['town'], 'Jena').map(({ value }) => value)
    expect(new Set(towns)).toEqual(new Set(['Gera', 'Weimar']))
    const counts = candidatesFor(columns[2]!, sketches['count'], 25).map(({ value }) => value)
    expect(counts.every(Number.isInteger)).toBe(true)
    expect(counts).not.toContain(25)
    expect(Math.min(...counts.map(Number))).toBe(0)
    expect(candidatesFor(columns[0]!, undefined, 1)).toEqual([])
  })

  it('are one step away where there is no value to go from', () => {
    const distances = candidatesFor(columns[0]!, sketches['a'], NaN).map(({ distance }) => distance)
    expect(new Set(distances)).toEqual(new Set([1]))
  })
})
