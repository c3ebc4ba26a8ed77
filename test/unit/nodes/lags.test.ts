import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { lags } from '../../../nodes/features/lags/definition.ts'
import { run as addLags } from '../../../nodes/features/lags/run.ts'
import type { ExampleTable } from '../../../src/node-kit/define-node.ts'
import { readColumns } from '../../../src/recipe/read-columns.ts'
import { exampleTable } from '../../conformance/example-table.ts'
import { createTestContext, type TestContext } from '../../fixtures/test-context.ts'

let context: TestContext
beforeAll(async () => {
  context = await createTestContext({})
})
afterAll(() => context.dispose())

async function made(
  table: ExampleTable,
  given: Record<string, unknown>,
): Promise<Record<string, (number | null)[]>> {
  const { table: after } = await addLags(
    { table: await exampleTable(context, table) },
    lags.params.parse(given),
    context,
  )
  const names = after.data.columns.map(({ name }) => name).filter((name) => name.startsWith('v_'))
  const found = Object.fromEntries(names.map((name): [string, (number | null)[]] => [name, []]))
  for await (const chunk of readColumns(context, after.data, { columns: names, rows: 'all' }))
    for (const name of names)
      for (const value of chunk.columns[name] as Float64Array)
        found[name]!.push(Number.isNaN(value) ? null : value)
  return found
}

const csvOf = (rows: readonly (readonly [string, number, number | null])[]): string =>
  `series,time,v\n${rows.map(([series, time, value]) => `${series},${time},${value ?? ''}`).join('\n')}\n`

describe('lags and rolling values', () => {
  it('look at the rows before in their series, whatever the order of the table', async () => {
    const rows = [
      ['a', 3, 30],
      ['b', 1, 100],
      ['a', 1, 10],
      ['a', 2, 20],
      ['b', 2, null],
      ['b', 3, 300],
      ['a', 4, 40],
    ] as const
    const params = {
      columns: ['v'],
      partitionBy: ['series'],
      orderBy: [{ column: 'time' }],
      lags: [1],
      windows: [2],
      functions: ['mean', 'sum', 'min', 'max'],
    }
    expect(await made({ csv: csvOf(rows) }, params)).toEqual({
      v_lag_1: [20, null, null, 10, 100, null, 30],
      v_mean_2: [15, null, null, 10, 100, 100, 25],
      v_sum_2: [30, null, null, 10, 100, 100, 50],
      v_min_2: [10, null, null, 10, 100, 100, 20],
      v_max_2: [20, null, null, 10, 100, 100, 30],
    })
  })

  it('are those of a plain loop, and never change with what comes at the horizon or later', async () => {
    const values = fc.array(fc.option(fc.integer({ min: -50, max: 50 }), { freq: 8 }), {
      minLength: 2,
      maxLength: 12,
    })
    await fc.assert(
      fc.asyncProperty(
        values,
        fc.integer({ min: 1, max: 3 }),
        fc.integer({ min: 1, max: 4 }),
        async (v, horizon, rows) => {
          const table = (of: readonly (number | null)[]) => ({
            csv: csvOf(of.map((value, time) => ['a', time, value] as const)),
            roles: { time: 'time', v: 'target' } as const,
          })
          const params = { horizon, lags: [horizon + 1], windows: [rows], functions: ['sum', 'max'] }
          const found = await made(table([...v, 7]), params)
          const before = (row: number) =>
            [...v, 7].slice(Math.max(0, row - horizon - rows + 1), Math.max(0, row - horizon + 1))
          const there = (row: number) => before(row).filter((value) => value !== null)
          for (const row of v.keys()) {
            expect(found['v_lag_' + (horizon + 1)]![row]).toBe(v[row - horizon - 1] ?? null)
            expect(found['v_sum_' + rows]![row]).toBe(
              there(row).length > 0 ? there(row).reduce((a, b) => a + b, 0) : null,
            )
            expect(found['v_max_' + rows]![row]).toBe(there(row).length > 0 ? Math.max(...there(row)) : null)
          }
          const changed = await made(table([...v.slice(0, -1), 49, -49]), params)
          for (const [name, column] of Object.entries(found))
            expect(changed[name]!.slice(0, v.length - 1 + horizon)).toEqual(
              column.slice(0, v.length - 1 + horizon),
            )
        },
      ),
      { numRuns: 12 },
    )
  })
})
