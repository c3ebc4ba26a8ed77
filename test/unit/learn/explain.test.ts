import { describe, expect, it } from 'vitest'
import type { HeldColumns } from '../../../src/learn/explain/held-columns.ts'
import { partialDependence } from '../../../src/learn/explain/partial-dependence.ts'
import { permutationImportance } from '../../../src/learn/explain/permutation-importance.ts'
import { createRandom } from '../../../src/tables/random.ts'

const rows = 2000

/** Independent numbers with a mean of 0 and a variance of 1. */
function numbers(name: string): Float64Array {
  const random = createRandom(1, name)
  return Float64Array.from({ length: rows }, () => Math.sqrt(12) * (random.unit() - 0.5))
}

const columns: HeldColumns = {
  strong: numbers('strong'),
  weak: numbers('weak'),
  unused: numbers('unused'),
  colour: Array.from({ length: rows }, (_, row) => (row % 10 < 6 ? 'red' : row % 10 < 9 ? 'blue' : '')),
}
const answerTo = (given: HeldColumns): Float64Array =>
  Float64Array.from(
    { length: rows },
    (_, row) =>
      3 * (given['strong'] as Float64Array)[row]! -
      (given['weak'] as Float64Array)[row]! +
      (given['colour']![row] === 'red' ? 1 : 0),
  )
const truth = answerTo(columns)

function importances(seed: number, names = Object.keys(columns)) {
  return permutationImportance({
    columns,
    names,
    rows,
    repeats: 10,
    seed,
    score: async (given) =>
      -answerTo(given).reduce((sum, value, row) => sum + (value - truth[row]!) ** 2, 0) / rows,
  })
}

describe('permutation importance', () => {
  it('is twice the variance that a column brings, for a sum of independent ones under the squared error', async () => {
    const { baseline, importances: found } = await importances(1)
    expect(baseline).toBe(-0)
    const mean = Object.fromEntries(found.map((importance) => [importance.column, importance.mean]))
    expect(mean['strong']! / (2 * 9)).toBeCloseTo(1, 1)
    expect(mean['weak']! / 2).toBeCloseTo(1, 1)
    expect(mean['unused']).toBe(0)
    // A share of 0.6 has the variance 0.24.
    expect(mean['colour']! / (2 * 0.24)).toBeCloseTo(1, 1)
  })

  it('depends on the seed and the column alone, not on the columns beside it', async () => {
    const [all, one, again] = [await importances(7), await importances(7, ['weak']), await importances(8)]
    expect(one.importances[0]).toEqual(all.importances[1])
    expect(again.importances[1]).not.toEqual(all.importances[1])
  })
})

describe('partial dependence', () => {
  const along = (column: string, points = 5) =>
    partialDependence({ columns, column, points, lines: 3, answer: async (given) => answerTo(given) })

  it('follows the slope of a linear model, with parallel lines for single rows', async () => {
    const { points, average, lines } = await along('strong')
    const slope = (values: readonly number[], at: number) =>
      (values[at + 1]! - values[at]!) / ((points[at + 1] as number) - (points[at] as number))
    for (const values of [average, ...lines])
      for (let at = 0; at < 4; at++) expect(slope(values, at)).toBeCloseTo(3, 10)
    expect(lines).toHaveLength(3)
    expect(points[0]).toBeGreaterThan(-Math.sqrt(3))
  })

  it('asks by the most frequent texts, and by no value where rows have none', async () => {
    const { points, average } = await along('colour')
    expect(points).toEqual(['red', 'blue', null])
    expect(average[0]! - average[1]!).toBeCloseTo(1, 10)
    expect((await along('colour', 1)).points).toEqual(['red'])
  })

  it('takes each of few distinct numbers once, and no value last', async () => {
    const given = { count: Float64Array.of(2, Number.NaN, 1, 2, 1) }
    const { points } = await partialDependence({
      columns: given,
      column: 'count',
      points: 20,
      lines: 0,
      answer: async () => [0, 0, 0, 0, 0],
    })
    expect(points).toEqual([1, 2, null])
  })
})
