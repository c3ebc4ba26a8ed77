import type { Artifact } from '../../../src/core/artifacts.ts'
import type { RunContext } from '../../../src/node-kit/run-context.ts'
import { pickRows } from '../../../src/tables/pick-rows.ts'
import { readColumns } from '../../../src/recipe/read-columns.ts'
import { writeTableArtifact } from '../../../src/tables/write-table.ts'

/** The rows that have the same value in a column. */
export interface Group {
  /** Unique among the groups. */
  name: string
  value: string | number | null
  read(): Promise<Artifact<'table'>>
}

/** The groups of a table in the order of their first rows; rows without a value are a group too. */
export async function readGroups(
  context: RunContext,
  table: Artifact<'table'>,
  by: string,
): Promise<Group[]> {
  const isTime = ['date', 'datetime'].includes(table.data.columns.find(({ name }) => name === by)!.type)
  const positions = new Map<string | number, number[]>()
  const chunks = readColumns(context, table.data, { columns: [by], rows: 'all' })
  for await (const { columns, firstRow } of chunks) {
    context.signal.throwIfAborted()
    for (const [index, value] of columns[by]!.entries()) {
      const key = value === '' || Number.isNaN(value) ? '' : value
      const known = positions.get(key)
      if (known) known.push(firstRow + index)
      else positions.set(key, [firstRow + index])
    }
  }
  return [...positions].map(([key, rows]) => ({
    name: nameOf(key, isTime),
    value: key === '' ? null : isTime ? nameOf(key, true) : key,
    read: async () =>
      writeTableArtifact(context, await pickRows(context, table.data, Uint32Array.from(rows))),
  }))
}

function nameOf(key: string | number, isTime: boolean): string {
  if (key === '') return '(no value)'
  return typeof key === 'number' && isTime
    ? new Date(key).toISOString().replace('T00:00:00.000Z', '')
    : String(key)
}
