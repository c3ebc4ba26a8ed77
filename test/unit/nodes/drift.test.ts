import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { driftContentSchema } from '../../../src/core/drift-content.ts'
import { drift } from '../../../nodes/monitoring/drift/definition.ts'
import { run as findDrift } from '../../../nodes/monitoring/drift/run.ts'
import type { ExampleTable } from '../../../src/node-kit/define-node.ts'
import { createRandom } from '../../../src/tables/random.ts'
import { exampleTable } from '../../conformance/example-table.ts'
import { createTestContext, type TestContext } from '../../fixtures/test-context.ts'

let context: TestContext
beforeAll(async () => {
  context = await createTestContext({ failures: drift.failures })
})
afterAll(() => context.dispose())

interface Found {
  column: string
  drifted: boolean
  method: string
  pValue?: number
  adjustedPValue?: number
  unseen?: number
  missing: { reference: number; current: number; pValue: number }
  distribution: { values?: unknown[]; edges?: number[]; reference: number[]; current: number[] }
}

async function compared(reference: ExampleTable, current: ExampleTable, given: Record<string, unknown> = {}) {
  const tables = {
    reference: await exampleTable(context, reference),
    current: await exampleTable(context, current),
  }
  const { report } = await findDrift(tables, drift.params.parse(given), context)
  // What the app draws.
  expect(driftContentSchema.safeParse(report.data.content).error).toBeUndefined()
  const { columns } = report.data.content as unknown as { columns: Found[] }
  return { metrics: report.data.metrics, columns: new Map(columns.map((column) => [column.column, column])) }
}

/** `wide` numbers a row, each from its own distribution; the first one shifted. */
function table(rows: number, options: { wide: number; shift: number; seed: number }): ExampleTable {
  const random = createRandom(options.seed)
  const normal = (): number =>
    Math.sqrt(-2 * Math.log(1 - random.unit())) * Math.cos(2 * Math.PI * random.unit())
  const names = Array.from({ length: options.wide }, (_, column) => `n${column}`)
  const lines = Array.from({ length: rows }, () =>
    names.map((_, column) => (normal() + (column === 0 ? options.shift : 0)).toFixed(6)).join(','),
  )
  return { csv: [names.join(','), ...lines, ''].join('\n') }
}

describe('drift between two tables', () => {
  it('is found in the column that has shifted by half a standard deviation, and in no other', async () => {
    const reference = table(1000, { wide: 10, shift: 0, seed: 1 })
    const current = table(1000, { wide: 10, shift: 0.5, seed: 2 })
    const { metrics, columns } = await compared(reference, current, { adjust: true })
    expect(metrics).toEqual({ dataset_drift: 0, drifted_columns: 1, watched_columns: 10, drifted_share: 0.1 })
    expect([...columns.keys()][0]).toBe('n0')
    expect(columns.get('n0')).toMatchObject({ drifted: true, method: 'kolmogorov-smirnov' })
    expect(columns.get('n1')!.adjustedPValue).toBeGreaterThanOrEqual(columns.get('n1')!.pValue!)
  })

  it('sees new categories, and counts what is missing apart', async () => {
    const csv = (values: readonly string[]) => ({
      csv: `kind,one\n${values.map((value) => `${value},1`).join('\n')}\n`,
    })
    const reference = csv(Array.from({ length: 60 }, (_, row) => ['a', 'b', 'c'][row % 3]!))
    const current = csv(Array.from({ length: 60 }, (_, row) => ['a', 'b', '', 'd'][row % 4]!))
    const { columns } = await compared(reference, current, { columns: ['kind'] })
    const found = columns.get('kind')!
    expect(found).toMatchObject({
      drifted: true,
      method: 'chi-square',
      missing: { reference: 0, current: 0.25 },
    })
    expect(found.unseen).toBeCloseTo(1 / 3, 12)
    expect(found.missing.pValue).toBeLessThan(0.001)
    expect(found.distribution.values).toHaveLength(4)
  })

  it('looks at the rows that are asked for, and leaves ids alone', async () => {
    const reference: ExampleTable = {
      csv: `id,size\n${Array.from({ length: 40 }, (_, row) => `${row},${row % 20}`).join('\n')}\n`,
      roles: { id: 'id' },
      split: Array.from({ length: 40 }, (_, row) => (row < 20 ? 'train' : 'test')),
    }
    const { columns } = await compared(reference, reference, { referenceRows: 'train', currentRows: 'test' })
    expect([...columns.keys()]).toEqual(['size'])
    expect(columns.get('size')).toMatchObject({
      drifted: false,
      pValue: 1,
      rows: { reference: 20, current: 20 },
    })
  })

  it('takes a column that has lost its values for drifted', async () => {
    const full = { csv: 'size,other\na,1\nb,1\nc,2\nd,2\ne,3\nf,4\n' }
    const empty = { csv: 'size,other\n,1\n,1\n,2\n,2\n,3\n,4\n' }
    const { columns } = await compared(full, empty)
    expect(columns.get('size')).toMatchObject({ drifted: true, missing: { reference: 0, current: 1 } })
  })
})
