import { describe, expect, it } from 'vitest'
import type { ColumnPair } from '../../../src/stats/column-pair.ts'
import { compareColumn } from '../../../src/stats/compare-column.ts'
import { compareColumns } from '../../../src/stats/compare-columns.ts'
import { defaultDriftSettings } from '../../../src/stats/drift-settings.ts'
import { createRandom } from '../../../src/tables/random.ts'

/** Arrays are taken over, so each use makes its own. */
function pairs(): ColumnPair[] {
  const random = createRandom(12)
  const numbers = (rows: number) =>
    Float64Array.from({ length: rows }, () => [NaN, Infinity, -0, random.unit()][random.below(4)]!)
  return Array.from({ length: 5 }, (_, index) => ({
    column: { name: `column ${index}`, type: 'number' as const },
    reference: numbers(index === 2 ? 100 : 60_000),
    current: numbers(index === 2 ? 90 : 50_000),
  }))
}

const settings = {
  ...defaultDriftSettings,
  numberMethod: 'kolmogorov-smirnov',
  also: ['population-stability-index', 'jensen-shannon', 'wasserstein'],
} as const

describe('comparing columns', () => {
  it('finds the same on any number of threads, in the order of the columns', async () => {
    const single = pairs().map(({ column, ...sides }) => compareColumn(column, sides, settings))
    for (const threads of [1, 2]) expect(await compareColumns(pairs, { settings, threads })).toEqual(single)
  })

  it('ends with the error of a column that cannot be compared', async () => {
    const misfit = { ...settings, byColumn: { 'column 1': { method: 'two-proportions' } } } as const
    await expect(compareColumns(pairs, { settings: misfit, threads: 2 })).rejects.toThrow(/two-proportions/)
  })
})
