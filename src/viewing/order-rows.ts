import { checkExpression } from '../core/expression/check-expression.ts'
import { columnsOfExpression, type TypedExpression } from '../core/expression/typed-expression.ts'
import { columnNamed, type Column } from '../core/columns.ts'
import { PipewrightError } from '../core/errors.ts'
import { readColumns } from '../recipe/read-columns.ts'
import { expressionSql } from '../tables/expression-sql.ts'
import { loadChunks } from '../tables/load-chunks.ts'
import { quoteName } from '../tables/quote.ts'
import { readPositions } from '../tables/read-positions.ts'
import { viewError } from './errors.ts'
import { isComputed, type OpenTable } from './open-table.ts'

export interface RowOrder {
  sort: { column: string; descending: boolean } | null
  filter: string | null
}

/** How many orders of a table are remembered; one of 10 million rows takes 40 MB. */
const keptOrders = 3

/** The places of the rows that a filter lets through, sorted; null where that is all of them as they stand. */
export async function orderRows(table: OpenTable, order: RowOrder): Promise<Uint32Array | null> {
  const condition = order.filter === null ? null : conditionOf(table, order.filter)
  if (!condition && !order.sort) return null
  const key = JSON.stringify([order.sort, order.filter])
  const places = table.orders.get(key) ?? (await findOrder(table, { ...order, condition }))
  table.orders.delete(key)
  table.orders.set(key, places)
  const [oldest] = table.orders.keys()
  if (table.orders.size > keptOrders) table.orders.delete(oldest!)
  return places
}

/** A filter as an expression. Throws what is wrong with it. */
export function conditionOf({ data }: OpenTable, filter: string): TypedExpression {
  const checked = checkExpression(filter, data.columns)
  if ('problem' in checked) throw new PipewrightError(checked.problem)
  const { type } = checked.expression
  if (type !== 'boolean') throw viewError('no-condition', { type })
  return checked.expression
}

async function findOrder(
  table: OpenTable,
  { sort, condition }: RowOrder & { condition: TypedExpression | null },
): Promise<Uint32Array> {
  const sorted = sort && sortableColumn(table, sort.column)
  const names = new Set([
    ...(condition ? columnsOfExpression(condition) : []),
    ...(sorted ? [sorted.name] : []),
  ])
  const relation = await relationOf(table, names)
  const { place } = table.stored
  const where = condition ? ` WHERE ${expressionSql(condition)}` : ''
  const by =
    sort && sorted
      ? ` ORDER BY ${sortSql(sorted)}${sort.descending ? ' DESC' : ''} NULLS LAST, ${quoteName(place)}`
      : ''
  return readPositions(table.database, `SELECT ${quoteName(place)} FROM (${relation})${where}${by}`)
}

function sortableColumn({ data }: OpenTable, name: string): Column {
  const column = columnNamed(data, name)
  if (!column) throw viewError('unknown-column', { column: name })
  if (column.type === 'vector') throw viewError('vector-column', { column: name })
  return column
}

/** NaN and the empty text are no value, which comes last. */
function sortSql({ name, type }: Column): string {
  const value = quoteName(name)
  if (type === 'number') return `CASE WHEN NOT isnan(${value}) THEN ${value} END`
  return type === 'text' ? `nullif(${value}, '')` : value
}

/** A query for visible columns that are no vectors, by name, with the place of each row, in row order. */
export async function relationOf(table: OpenTable, names: ReadonlySet<string>): Promise<string> {
  const { place, from } = table.stored
  const columns = table.data.columns.filter(({ name }) => names.has(name))
  const stored = columns.filter((column) => !isComputed(column)).map(({ name }) => quoteName(name))
  const sources = [`SELECT ${[place, ...stored].join(', ')} FROM ${from}`]
  for (const column of columns.filter(isComputed)) sources.push(await computedColumn(table, column))
  return `SELECT ${[place, ...columns.map(({ name }) => quoteName(name))].join(', ')} FROM ${sources
    .map((source) => `(${source})`)
    .join(' POSITIONAL JOIN ')}`
}

/** A column of the recipe, computed for all rows once. */
async function computedColumn(table: OpenTable, { name, type }: Column): Promise<string> {
  const known = table.computed.get(name)
  if (known !== undefined) return known
  const query = await loadChunks(table.context, table.database, {
    table: `computed ${table.computed.size}`,
    columns: [{ name, type: type as Exclude<typeof type, 'vector'> }],
    chunks: readColumns(table.context, table.data, { columns: [name], rows: 'all' }),
  })
  table.computed.set(name, query)
  return query
}
