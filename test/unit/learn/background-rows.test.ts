import { describe, expect, it } from 'vitest'
import { backgroundRows } from '../../../src/learn/explain/background-rows.ts'
import { sketchOf } from '../../../src/tables/sketch.ts'
import { createRandom } from '../../../src/tables/random.ts'

const inputs = [
  { name: 'amount', type: 'number' as const, source: 'test' },
  { name: 'count', type: 'integer' as const, source: 'test' },
  { name: 'town', type: 'text' as const, source: 'test' },
]
const random = createRandom(2)
const rows = 4000
const columns = {
  amount: Float64Array.from({ length: rows }, (_, row) => (row % 5 === 0 ? NaN : random.unit() ** 2 * 10)),
  count: Float64Array.from({ length: rows }, () => random.below(400)),
  town: Array.from({ length: rows }, (_, row) => (row % 4 === 0 ? '' : row % 4 === 1 ? 'Jena' : 'Gera')),
}

async function drawn(seed: number) {
  const chunks = (async function* () {
    for (let from = 0; from < rows; from += 1000)
      yield {
        rows: 1000,
        columns: {
          amount: columns.amount.subarray(from, from + 1000),
          count: columns.count.subarray(from, from + 1000),
          town: columns.town.slice(from, from + 1000),
        },
        firstRow: from,
      }
  })()
  const sketch = await sketchOf({ columns: inputs, chunks })
  const byName = Object.fromEntries(sketch.columns.map((column) => [column.name, column]))
  return backgroundRows(inputs, byName, { rows: 400, seed }).columns
}

describe('rows made up from what a model knows of its inputs', () => {
  it('have the values, their shares and gaps of each column', async () => {
    const { amount, count, town } = (await drawn(1)) as {
      amount: Float64Array
      count: Float64Array
      town: string[]
    }
    expect(amount.filter(Number.isNaN)).toHaveLength(80)
    const given = amount.filter((value) => !Number.isNaN(value)).sort()
    // The median of a squared uniform number is a quarter of the range.
    expect(given[160]! / 2.5).toBeCloseTo(1, 0)
    expect(given[0]).toBeGreaterThanOrEqual(0)
    expect(given.at(-1)).toBeLessThanOrEqual(10)
    expect(count.every(Number.isInteger)).toBe(true)
    expect(Object.fromEntries(Map.groupBy(town, (each) => each))).toMatchObject({ '': { length: 100 } })
    expect(town.filter((each) => each === 'Gera')).toHaveLength(200)
  })

  it('are the same for a seed, and null where nothing is known', async () => {
    expect(await drawn(3)).toEqual(await drawn(3))
    expect(await drawn(3)).not.toEqual(await drawn(4))
    const unknown = backgroundRows(inputs, {}, { rows: 2, seed: 1 })
    expect(unknown.columns).toEqual({
      amount: Float64Array.of(NaN, NaN),
      count: Float64Array.of(NaN, NaN),
      town: ['', ''],
    })
  })
})
