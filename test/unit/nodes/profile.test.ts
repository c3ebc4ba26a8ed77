import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { correlationsOf } from '../../../nodes/validation/profile/correlations.ts'
import { profile } from '../../../nodes/validation/profile/definition.ts'
import { RowSample } from '../../../nodes/validation/profile/row-sample.ts'
import { run as profileTable } from '../../../nodes/validation/profile/run.ts'
import type { ExampleTable } from '../../../src/node-kit/define-node.ts'
import { createRandom } from '../../../src/tables/random.ts'
import { exampleTable } from '../../conformance/example-table.ts'
import { createTestContext, type TestContext } from '../../fixtures/test-context.ts'

let context: TestContext
beforeAll(async () => {
  context = await createTestContext()
})
afterAll(() => context.dispose())

interface Content {
  columns: {
    name: string
    missing: number
    distinct: number
    quartiles: number[] | null
    explainsTarget: number | null
    sketch: object
  }[]
  duplicates: object
  missing: { completeRows: number; patterns: object[]; count: number }
  correlations: { columns: string[]; rows: number } | null
  suspicious: { column: string; kind: string }[]
}

async function profileOf(csv: string, rest: Omit<ExampleTable, 'csv'> = {}, given: object = {}) {
  const table = await exampleTable(context, { csv, ...rest })
  const { report } = await profileTable({ table }, profile.params.parse(given), context)
  return { metrics: report.data.metrics, content: report.data.content as unknown as Content }
}

const csvOf = (header: string, rows: number, line: (row: number) => unknown[]): string =>
  [header, ...Array.from({ length: rows }, (_, row) => line(row).join(',')), ''].join('\n')

describe('a profile', () => {
  const csv = 'a,b,c\n1,x,\n2,x,5\n1,x,\n4,,NaN\n'

  it('counts values, repeated rows and what is missing together', async () => {
    const { metrics, content } = await profileOf(csv)
    expect(metrics).toEqual({
      rows: 4,
      columns: 3,
      duplicate_rows: 1,
      complete_rows: 1,
      missing_share: 4 / 12,
      suspicious_columns: 1,
    })
    expect(
      content.columns.map(({ name, missing, distinct, quartiles }) => [name, missing, distinct, quartiles]),
    ).toEqual([
      ['a', 0, 3, [1, 1.5, 2.5]],
      ['b', 1, 1, null],
      ['c', 3, 1, [5, 5, 5]],
    ])
    expect(content.duplicates).toEqual({ rows: 1, share: 0.25 })
    expect(content.missing).toEqual({
      completeRows: 1,
      count: 3,
      patterns: [
        { missing: ['c'], rows: 2 },
        { missing: [], rows: 1 },
        { missing: ['b', 'c'], rows: 1 },
      ],
    })
    expect(content.columns[0]!.sketch).toMatchObject({ name: 'a', numbers: { min: 1, max: 4, mean: 2 } })
  })

  it('of a table without rows has nothing to say', async () => {
    const { metrics, content } = await profileOf('a,b\n')
    expect(metrics).toMatchObject({ rows: 0, missing_share: 0, suspicious_columns: 0 })
    expect(content.missing).toEqual({ completeRows: 0, count: 0, patterns: [] })
  })
})

describe('suspicious columns', () => {
  it('are empty, constant, mostly missing, or have too many values', async () => {
    const csv = csvOf('empty,same,rare,number,name,many', 120, (row) => [
      '',
      7,
      row < 10 ? row % 3 : '',
      row,
      `n${row}`,
      `m${row % 100}`,
    ])
    const { content } = await profileOf(csv)
    expect(content.suspicious.map(({ column, kind }) => [column, kind])).toEqual([
      ['empty', 'empty'],
      ['same', 'constant'],
      ['rare', 'mostly-missing'],
      ['number', 'id-like'],
      ['name', 'id-like'],
      ['many', 'high-cardinality'],
    ])
  })

  it('give the target away', async () => {
    const csv = csvOf('reason,score,plan,noise,churn', 400, (row) => {
      const churn = (row * 7919) % 400 < 150
      return [churn ? 'left' : 'none', churn ? 2 + row / 400 : row / 400, row % 3, (row * 31) % 97, churn]
    })
    const { content } = await profileOf(csv, { roles: { churn: 'target' } })
    expect(content.suspicious.map(({ column, kind }) => [column, kind])).toEqual([
      ['reason', 'leaks-target'],
      ['score', 'leaks-target'],
    ])
    // Guessing by the values of “reason” makes none of the 150 errors of always guessing the more frequent class.
    expect(content.columns.map(({ explainsTarget }) => explainsTarget).slice(0, 1)).toEqual([1])
    expect(content.columns[3]!.explainsTarget).toBeLessThan(0.5)
  })

  it('give a target of numbers away, by rank or by group', async () => {
    const csv = csvOf('cubed,group,noise,price', 200, (row) => [
      -((row - 90) ** 3),
      `g${Math.floor(row / 10)}`,
      (row * 7919) % 101,
      row,
    ])
    const { content } = await profileOf(csv, { roles: { price: 'target' } })
    expect(
      content.suspicious.filter(({ kind }) => kind === 'leaks-target').map(({ column }) => column),
    ).toEqual(['cubed', 'group'])
    // Variance within ten successive numbers, (10² - 1) / 12, of that of all, (200² - 1) / 12.
    expect(content.columns[1]!.explainsTarget).toBeCloseTo(1 - 99 / 39_999, 12)
  })
})

describe('correlations', () => {
  it('are those of pandas, pair by pair over the rows that have both', () => {
    const file = join(resolve(import.meta.dirname, '../../fixtures/pandas'), 'correlations.json')
    const fixture = JSON.parse(readFileSync(file, 'utf8')) as {
      columns: (number | null)[][]
      pearson: number[][]
      spearman: number[][]
    }
    const columns = fixture.columns.map((values) => Float64Array.from(values, (value) => value ?? Number.NaN))
    const { pearson, spearman } = correlationsOf(columns)
    for (const [a, row] of fixture.pearson.entries()) {
      for (const b of row.keys()) {
        expect(pearson[a]![b]).toBeCloseTo(fixture.pearson[a]![b]!, 12)
        expect(spearman[a]![b]).toBeCloseTo(fixture.spearman[a]![b]!, 12)
      }
    }
  })

  it('of a constant column, or of rows that nothing has both of, are unknown', () => {
    const none = Float64Array.of(Number.NaN, Number.NaN, 1)
    const same = Float64Array.of(2, 2, 2)
    const some = Float64Array.of(1, 2, Number.NaN)
    expect(correlationsOf([none, same, some]).pearson).toEqual([
      [null, null, null],
      [null, null, null],
      [null, null, expect.closeTo(1, 12)],
    ])
  })

  it('are computed over as many drawn rows as are asked for', async () => {
    const csv = csvOf('a,b', 500, (row) => [row % 10, row % 7])
    const { content } = await profileOf(csv, {}, { correlatedRows: 100 })
    expect(content.correlations).toMatchObject({ columns: ['a', 'b'], rows: 100 })
    expect((await profileOf(csv, {}, { correlations: false })).content.correlations).toBeNull()
  })

  it('see each row with the same chance', () => {
    const rows = 20
    const drawn = Array.from({ length: rows }, () => 0)
    for (let seed = 0; seed < 4000; seed++) {
      const sample = new RowSample(['a'], { rows, size: 5, random: createRandom(seed) })
      sample.add({ rows, columns: { a: Float64Array.from({ length: rows }, (_, row) => row) } })
      for (const row of sample.columns.get('a')!) drawn[row]!++
    }
    // Binomial of 4 000 and 1/4: a standard deviation of 27.
    for (const count of drawn) expect(Math.abs(count - 1000)).toBeLessThan(5 * 27.4)
  })
})
