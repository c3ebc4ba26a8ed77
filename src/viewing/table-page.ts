import type { PageRequest, TablePage } from '../contract/tables-contract.ts'
import { splitParts } from '../core/columns.ts'
import { cellOf } from './cells.ts'
import type { OpenTable } from './open-table.ts'
import { orderRows } from './order-rows.ts'
import { readRows } from './read-rows.ts'

/** Rows of a table as they are seen, in the order and with the filter that was asked for. */
export async function tablePage(table: OpenTable, request: PageRequest): Promise<TablePage> {
  const { offset, limit } = request
  const { columns, rows } = table.data
  const order = await orderRows(table, request)
  const matching = order?.length ?? rows.count
  const places =
    order?.slice(offset, offset + limit) ?? placesBetween(offset, Math.min(offset + limit, matching))
  const { values } = await readRows(table, { columns, places })
  const cells = columns.map(({ name, type }) => values.get(name)!.map((value) => cellOf(type, value)))
  const { parts } = table
  return {
    columns: [...columns],
    rows: Array.from(places, (_, row) => cells.map((column) => column[row]!)),
    indexes: Array.from(places),
    parts: parts && Array.from(places, (place) => splitParts[parts[place]!]!),
    total: rows.count,
    matching,
  }
}

export function placesBetween(from: number, to: number): Uint32Array {
  return Uint32Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index)
}
