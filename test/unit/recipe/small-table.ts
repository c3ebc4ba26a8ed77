import type { StartColumn, TableData } from '../../../src/core/artifacts.ts'
import type { Column, Role } from '../../../src/core/columns.ts'
import { readColumns } from '../../../src/recipe/read-columns.ts'
import type { RowChoice } from '../../../src/recipe/read-chosen-rows.ts'
import { newTable } from '../../../src/tables/new-table.ts'
import { writeChunks } from '../../../src/tables/write-chunks.ts'
import { writeSplit } from '../../../src/tables/write-split.ts'
import type { TestContext } from '../../fixtures/test-context.ts'

export interface SmallColumn {
  type: StartColumn['type']
  /** Numbers as a model sees them, texts; null where there is no value. */
  values: readonly (number | string | null)[]
  role?: Role
}

/** Stores a table that stands in a test. `test` of its last rows are the test part, the others the train part. */
export async function smallTable(
  context: TestContext,
  columns: Readonly<Record<string, SmallColumn>>,
  { test = 0 }: { test?: number } = {},
): Promise<TableData> {
  const definitions = Object.entries(columns).map(([name, { type }]) => ({ name, type, source: 'test' }))
  const rows = Object.values(columns)[0]!.values.length
  const values = Object.entries(columns).map(([name, column]) => [name, modelValues(column)])
  const chunk = { rows, columns: Object.fromEntries(values) as Record<string, Float64Array | string[]> }
  const artifact = await writeChunks(context, { columns: definitions, chunks: [chunk] })
  const table = newTable(artifact, definitions)
  const visible = table.columns.map((column): Column =>
    Object.assign(column, { role: columns[column.name]!.role ?? column.role }),
  )
  const withRoles = { ...table, columns: visible }
  if (test === 0) return withRoles
  const parts = Uint8Array.from({ length: rows }, (_, row) => (row < rows - test ? 0 : 2))
  return writeSplit(context, withRoles, parts)
}

function modelValues({ type, values }: SmallColumn): Float64Array | string[] {
  if (type === 'text') return values.map((value) => String(value ?? ''))
  return Float64Array.from(values, (value) => (value === null ? Number.NaN : Number(value)))
}

/** All values of some columns in one piece. */
export async function valuesOf(
  context: TestContext,
  table: TableData,
  { columns, rows = 'all' }: { columns: readonly string[]; rows?: RowChoice },
): Promise<Record<string, (number | string)[]>> {
  const collected = Object.fromEntries(columns.map((name): [string, (number | string)[]] => [name, []]))
  for await (const chunk of readColumns(context, table, { columns, rows }))
    for (const name of columns) for (const value of chunk.columns[name]!) collected[name]!.push(value)
  return collected
}
