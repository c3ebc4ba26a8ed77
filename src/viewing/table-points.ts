import type { PointsRequest, TablePoints } from '../contract/tables-contract.ts'
import { columnNamed } from '../core/columns.ts'
import { cellOf } from './cells.ts'
import { viewError } from './errors.ts'
import type { OpenTable } from './open-table.ts'
import { orderRows } from './order-rows.ts'
import { readRows } from './read-rows.ts'

/** Values of some columns at no more than `limit` rows, spread evenly over those that the filter lets through. */
export async function tablePoints(table: OpenTable, request: PointsRequest): Promise<TablePoints> {
  const columns = request.columns.map((name) => {
    const column = columnNamed(table.data, name)
    if (!column) throw viewError('unknown-column', { column: name })
    return column
  })
  const order = await orderRows(table, { sort: null, filter: request.filter })
  const matching = order?.length ?? table.data.rows.count
  const count = Math.min(request.limit, matching)
  const places = Uint32Array.from({ length: count }, (_, index) => {
    const nth = Math.floor((index * matching) / count)
    return order ? order[nth]! : nth
  })
  const { values } = await readRows(table, { columns, places })
  return {
    columns,
    values: columns.map(({ name, type }) => values.get(name)!.map((value) => cellOf(type, value))),
    indexes: Array.from(places),
    matching,
  }
}
