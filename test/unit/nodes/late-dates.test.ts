import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dateParts } from '../../../nodes/features/date-parts/definition.ts'
import { run as takeDatesApart } from '../../../nodes/features/date-parts/run.ts'
import { gradientBoostedTrees } from '../../../nodes/training/gradient-boosted-trees/definition.ts'
import { run as trainTrees } from '../../../nodes/training/gradient-boosted-trees/run.ts'
import type { Role } from '../../../src/core/columns.ts'
import { exampleTable } from '../../conformance/example-table.ts'
import { createTestContext, type TestContext } from '../../fixtures/test-context.ts'

const rows = 60
const dayOf = (day: number): string => new Date(Date.UTC(2026, 0, 1 + day)).toISOString().slice(0, 10)
const csv = [
  'day,born,refunded,worth',
  ...Array.from({ length: rows }, (_, row) =>
    // Half of the refunds come later, some never.
    [dayOf(row), dayOf(row - 400), row % 4 === 3 ? '' : dayOf(row + (row % 2) * 9), row * 3].join(','),
  ),
  '',
].join('\n')

let context: TestContext
beforeAll(async () => {
  context = await createTestContext()
})
afterAll(() => context.dispose())

/** What training on the parts of the dates warns of. */
async function warnings(roles: Record<string, Role>): Promise<string[]> {
  const split = Array.from({ length: rows }, () => 'train' as const)
  const table = await exampleTable(context, { csv, roles: { worth: 'target', ...roles }, split })
  const parts = await takeDatesApart(
    { table },
    dateParts.params.parse({ columns: ['born', 'refunded'] }),
    context,
  )
  const before = context.logs.length
  await trainTrees({ table: parts.table }, gradientBoostedTrees.params.parse({ trees: 1 }), context)
  return context.logs
    .slice(before)
    .flatMap(({ message }) => (message.includes('lies behind') ? [message] : []))
}

describe('a date behind the time of its row', () => {
  it('is warned of, also where features are only computed from it', async () => {
    const [found, ...more] = await warnings({ day: 'time' })
    expect(found).toMatch(
      /^“refunded” lies behind “day” in \d\d % of the train rows, so it is known only later\./,
    )
    expect(more).toEqual([])
  })

  it('says nothing where no column is the time of a row', async () => {
    expect(await warnings({ day: 'ignore' })).toEqual([])
  })
})
