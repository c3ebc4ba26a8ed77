import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compare } from '../../../nodes/validation/compare/definition.ts'
import { CategoryDistribution, NumberDistribution } from '../../../nodes/validation/compare/distribution.ts'
import { run as compareTables } from '../../../nodes/validation/compare/run.ts'
import { exampleTable } from '../../conformance/example-table.ts'
import { createTestContext, type TestContext } from '../../fixtures/test-context.ts'

let context: TestContext
beforeAll(async () => {
  context = await createTestContext({ failures: compare.failures })
})
afterAll(() => context.dispose())

async function compared(before: string, after: string, given: Record<string, unknown> = {}) {
  const tables = {
    before: await exampleTable(context, { csv: before }),
    after: await exampleTable(context, { csv: after }),
  }
  const { report } = await compareTables(tables, compare.params.parse(given), context)
  return { metrics: report.data.metrics, content: report.data.content as unknown as Content }
}

interface Content {
  columns: Record<string, unknown>
  rows: { cells: object[]; examples: Record<string, unknown[]>; unchanged: number }
  distributions: { column: string; distance: number | null; missing: object }[]
}

describe('columns of two tables', () => {
  it('are compared by name, type and order', async () => {
    const { content } = await compared('a,b,c\n1,x,2\n', 'c,d,a\n2,y,z\n')
    expect(content.columns).toEqual({
      added: ['d'],
      removed: ['b'],
      retyped: [{ column: 'a', before: 'integer', after: 'text' }],
      reordered: true,
    })
  })
})

describe('rows of two tables', () => {
  const before =
    'id,day,sales,open\n1,2026-01-01,1.5,true\n2,2026-01-02,,true\n3,2026-01-03,3,false\n,2026-01-04,4,true\n'
  const after =
    'id,day,sales,open\n4,2026-01-09,9,true\n3,2026-01-03,3.001,true\n2,2026-01-02,,true\n,2026-01-05,4,true\n'

  it('are matched by their key, a missing one included', async () => {
    const { metrics, content } = await compared(before, after, { key: ['id'] })
    expect(metrics).toMatchObject({ rows_added: 1, rows_removed: 1, rows_changed: 2, rows_after: 4 })
    expect(content.rows).toEqual({
      added: 1,
      removed: 1,
      changed: 2,
      unchanged: 1,
      cells: [
        { column: 'day', changed: 1 },
        { column: 'sales', changed: 1 },
        { column: 'open', changed: 1 },
      ],
      examples: {
        added: [{ id: 4 }],
        removed: [{ id: 1 }],
        changed: [
          {
            key: { id: 3 },
            values: { sales: { before: 3, after: 3.001 }, open: { before: false, after: true } },
          },
          { key: { id: null }, values: { day: { before: '2026-01-04', after: '2026-01-05' } } },
        ],
      },
    })
  })

  it('may differ a little, and in columns that nobody asks for', async () => {
    const given = { key: ['id'], tolerance: 0.01, ignore: ['open', 'day'] }
    expect((await compared(before, after, given)).content.rows).toMatchObject({ changed: 0, unchanged: 3 })
  })

  it('are matched as a whole where there is no key, as often as they stand there', async () => {
    const { content } = await compared('a,b\n1,x\n1,x\n2,\n', 'a,b\n2,\n1.0,x\n3,y\n')
    expect(content.rows).toMatchObject({ added: 1, removed: 1, unchanged: 2 })
    expect(content.rows.examples).toEqual({
      added: [{ a: 3, b: 'y' }],
      removed: [{ a: 1, b: 'x' }],
      changed: [],
    })
  })

  it('are not compared where the tables have no column in common', async () => {
    const { metrics, content } = await compared('a\n1\n', 'b\n1\n')
    expect(content.rows).toBeNull()
    expect(metrics).not.toHaveProperty('rows_added')
  })
})

describe('the distance of two distributions', () => {
  it('stands in the report for each column', async () => {
    const { content } = await compared('n,t\n1,a\n2,a\n3,b\n4,\n', 'n,t\n3,a\n4,c\n5,c\n6,c\n')
    expect(content.distributions).toEqual([
      // Up to 2 lie half of the one and none of the other.
      {
        column: 'n',
        measure: 'kolmogorov-smirnov',
        distance: 0.5,
        missing: { before: 0, after: 0 },
      },
      // (|2/3 - 1/4| + |1/3 - 0| + |0 - 3/4|) / 2
      {
        column: 't',
        measure: 'total-variation',
        distance: 0.75,
        missing: { before: 0.25, after: 0 },
      },
    ])
  })

  it('of numbers is that of Kolmogorov and Smirnov by its definition', () => {
    const numbers = fc.array(fc.integer({ min: -5, max: 5 }), { minLength: 1, maxLength: 40 })
    fc.assert(
      fc.property(numbers, numbers, (a, b) => {
        const upTo = (values: number[], limit: number): number =>
          values.filter((value) => value <= limit).length / values.length
        const expected = Math.max(...[...a, ...b].map((limit) => Math.abs(upTo(a, limit) - upTo(b, limit))))
        expect(numbersOf(a).distance(numbersOf(b))).toBeCloseTo(expected, 12)
      }),
    )
  })

  it('of many numbers is off by less than a percent', () => {
    const count = 100_000
    const a = Array.from({ length: count }, (_, index) => (index * 7919) % count)
    const b = a.map((value) => value + count / 4)
    expect(Math.abs(numbersOf(a).distance(numbersOf(b))! - 0.25)).toBeLessThan(0.01)
  })

  it('is 0 from itself, 1 where nothing is in common, and unknown without values', () => {
    const texts = textsOf(['a', 'b', ''])
    expect(texts.distance(textsOf(['b', 'a']))).toBe(0)
    expect(texts.distance(textsOf(['c']))).toBe(1)
    expect(texts.distance(textsOf(['']))).toBeNull()
    expect(numbersOf([Number.NaN]).distance(numbersOf([1]))).toBeNull()
  })
})

function numbersOf(values: readonly number[]): NumberDistribution {
  const distribution = new NumberDistribution()
  distribution.add(Float64Array.from(values))
  return distribution
}

function textsOf(values: readonly string[]): CategoryDistribution {
  const distribution = new CategoryDistribution()
  distribution.add(values)
  return distribution
}

describe('a difference', () => {
  const [before, after] = ['a,b\n1,x\n2,y\n', 'a,b\n2,y\n3,x\n4,x\n']

  it('fails the step where it is an error, and keeps the report', async () => {
    await expect(compared(before, after, { severity: 'error' })).rejects.toThrow(
      /^The tables differ: 2 rows added, 1 row removed, 2 columns distributed differently\.$/,
    )
    expect(context.kept['report']?.data).toMatchObject({ metrics: { rows_added: 2 } })
    const { metrics } = await compared(before, before, { severity: 'error' })
    expect(metrics).toMatchObject({ rows_added: 0, rows_removed: 0 })
  })

  it('warns, or stands in the report alone', async () => {
    const warnings = () =>
      context.logs.filter(({ message }) => message.startsWith('The tables differ')).length
    await compared(before, after, { severity: 'warning' })
    expect(warnings()).toBe(1)
    await compared(before, after)
    expect(warnings()).toBe(1)
  })
})
