import type { Artifact } from '../../../src/core/artifacts.ts'
import type { ColumnType } from '../../../src/core/columns.ts'
import { freeName } from '../../../src/core/free-name.ts'
import type { RunContext } from '../../../src/node-kit/run-context.ts'
import { pickRows } from '../../../src/tables/pick-rows.ts'
import { readColumns } from '../../../src/recipe/read-columns.ts'
import { writeTableArtifact } from '../../../src/tables/write-table.ts'

/** The rows that have the same value in a column. */
export interface Group {
  /** Unique among the groups. */
  name: string
  value: string | number | boolean | null
  read: () => Promise<Artifact<'table'>>
}

/**
 * The groups of a table in the order of their first rows; rows without a value are a group too. Where there are more
 * than `most` it gives one more than that, and not all their rows.
 */
export async function readGroups(
  context: RunContext,
  table: Artifact<'table'>,
  { by, most }: { by: string; most: number },
): Promise<Group[]> {
  const { type } = table.data.columns.find(({ name }) => name === by)!
  const positions = await positionsOf(context, table, { by, most })
  const values = [...positions.keys()].map((key) => valueOf(key, type))
  const names = new Set(values.map(String))
  const noValue = freeName('(no value)', (name) => names.has(name))
  return [...positions.values()].map((rows, index) => ({
    name: values[index] === null ? noValue : String(values[index]),
    value: values[index]!,
    read: async () =>
      writeTableArtifact(context, await pickRows(context, table.data, Uint32Array.from(rows))),
  }))
}

/** The rows of each value as a model sees it, but NaN for every value that is none. */
async function positionsOf(
  context: RunContext,
  table: Artifact<'table'>,
  { by, most }: { by: string; most: number },
): Promise<Map<string | number, number[]>> {
  const positions = new Map<string | number, number[]>()
  for await (const { columns, firstRow } of readColumns(context, table.data, {
    columns: [by],
    rows: 'all',
  })) {
    context.signal.throwIfAborted()
    for (const [index, value] of columns[by]!.entries()) {
      const key = value === '' ? Number.NaN : value
      const known = positions.get(key)
      if (known) known.push(firstRow + index)
      else positions.set(key, [firstRow + index])
      if (positions.size > most) return positions
    }
  }
  return positions
}

function valueOf(key: string | number, type: ColumnType): Group['value'] {
  if (typeof key === 'string') return key
  if (Number.isNaN(key)) return null
  switch (type) {
    case 'boolean':
      return key !== 0
    case 'date':
    case 'datetime':
      return new Date(key).toISOString().replace('T00:00:00.000Z', '')
    case 'number':
    case 'integer':
    case 'text':
    case 'vector':
      return key
  }
}
