import { gradientBoostedTrees } from '../../../nodes/training/gradient-boosted-trees/definition.ts'
import { run as train } from '../../../nodes/training/gradient-boosted-trees/run.ts'
import { encode } from '../../../nodes/features/encode/definition.ts'
import { run as fitCategories } from '../../../nodes/features/encode/run.ts'
import { newTable } from '../../../src/tables/new-table.ts'
import { openDuckDb } from '../../../src/tables/open-duckdb.ts'
import { writeRows, writeTableArtifact } from '../../../src/tables/write-table.ts'
import { createTestContext } from '../../fixtures/test-context.ts'

/** A process of its own: a table with a category for each of 1 000 000 rows is encoded and learned from; prints the peak. */
const context = await createTestContext()
try {
  const columns = [
    { name: 'customer', type: 'text', role: 'feature' },
    { name: 'amount', type: 'number', role: 'feature' },
    { name: 'left', type: 'boolean', role: 'target' },
  ] as const
  const database = await openDuckDb(context)
  const from = `SELECT 'customer ' || i AS customer, (i * 7919 % 1000)::DOUBLE AS amount,
    i * 7919 % 1000 > 700 AS "left" FROM range(1000000) AS numbers(i)`
  const rows = await writeRows(context, { database, from, startColumns: columns })
  database.close()
  const table = newTable(
    rows,
    columns.map(({ name, type }) => ({ name, type, source: 'customers' })),
  )
  const roles = columns.map(({ role }) => role)
  const start = await writeTableArtifact(context, {
    ...table,
    columns: table.columns.map((column, index) => Object.assign(column, { role: roles[index]! })),
  })
  const encoded = await fitCategories({ table: start }, encode.params.parse({}), context)
  const params = gradientBoostedTrees.params.parse({ trees: 2 })
  const { model, report } = await train({ table: encoded.table }, params, context)
  console.log(
    JSON.stringify({
      peakMb: process.resourceUsage().maxRSS / 1024,
      features: model.data.features.length,
      logLoss: report.data.metrics['train_log_loss'],
    }),
  )
} finally {
  await context.dispose()
}
