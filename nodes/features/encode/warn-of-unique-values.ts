import type { TableData } from '../../../src/core/artifacts.ts'
import { columnNamed } from '../../../src/core/columns.ts'
import type { RunContext } from '../../../src/node-kit/run-context.ts'
import { readColumns } from '../../../src/recipe/read-columns.ts'

/** As many train rows are looked at: ids show in the first of them, and memory stays bounded. */
const mostRows = 10_000
/** Of fewer rows, many differ by chance. */
const fewestRows = 20
const uniqueShare = 0.9

/** Logs a warning for each column of texts that has nearly as many categories as train rows, as ids and names have. */
export async function warnOfUniqueValues(
  context: RunContext,
  table: TableData,
  names: readonly string[],
): Promise<void> {
  const columns = names.filter((name) => columnNamed(table, name)?.type === 'text')
  if (columns.length === 0) return
  const seen = new Map(columns.map((name) => [name, { rows: 0, values: new Set<string>() }]))
  let read = 0
  for await (const chunk of readColumns(context, table, { columns, rows: table.split ? 'train' : 'all' })) {
    for (const [name, column] of seen) {
      for (const value of chunk.columns[name] as readonly string[]) {
        if (value === '') continue
        column.rows++
        column.values.add(value)
      }
    }
    read += chunk.rows
    if (read >= mostRows) break
  }
  for (const [column, { rows, values }] of seen) {
    if (rows < fewestRows || values.size < uniqueShare * rows) continue
    context.log(
      'warning',
      '“{column}” has {count} different values in {rows} train rows: codes of it say nothing about new rows. Give it ' +
        'the role “id” or “ignore” with `features.set-roles`.',
      { column, count: values.size, rows },
    )
  }
}
