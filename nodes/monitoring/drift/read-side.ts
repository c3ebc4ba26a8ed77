import type { TableData } from '../../../src/core/artifacts.ts'
import type { Column, RowScope } from '../../../src/core/columns.ts'
import type { RunContext } from '../../../src/node-kit/run-context.ts'
import { readColumns } from '../../../src/recipe/read-columns.ts'
import type { ColumnSide } from '../../../src/stats/compare-column.ts'
import { TextCounter } from '../../../src/stats/prepared-column.ts'

/** Memory for so many numbers. */
export type Room = (numbers: number) => Float64Array

/** A column of a table: its numbers, in memory of their own, or how often it has each text. */
export async function readSide(
  context: RunContext,
  table: TableData,
  wanted: { column: Pick<Column, 'name' | 'type'>; rows: RowScope; room: Room },
): Promise<ColumnSide> {
  const { name, type } = wanted.column
  const { rows, room } = wanted
  const chunks = readColumns(context, table, { columns: [name], rows })
  if (type === 'text') {
    const texts = new TextCounter()
    for await (const { columns } of chunks) texts.add(columns[name] as string[])
    return texts.finish()
  }
  const numbers = room(table.rows.count)
  let count = 0
  for await (const { columns } of chunks) {
    const values = columns[name] as Float64Array
    numbers.set(values, count)
    count += values.length
  }
  return numbers.subarray(0, count)
}
