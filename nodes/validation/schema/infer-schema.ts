import type { Column } from '../../../src/core/columns.ts'
import type { DuckDb } from '../../../src/tables/open-duckdb.ts'
import { isStorable } from '../../visible-rows.ts'
import type { Json } from '../expectations/outcome.ts'
import { shownSql, valueSql } from '../expectations/value-sql.ts'
import { fieldTypeOf } from './table-schema.ts'

/** A text column with no more different values, each five times on average, is taken for a list of choices. */
const mostChoices = 20
const fewestRepeats = 5

interface Inferred {
  name: string
  type: string
  constraints: Record<string, Json>
}

/** The tightest Table Schema that holds of the rows of a query. */
export async function inferSchema(
  database: DuckDb,
  { rows, columns }: { rows: string; columns: readonly Column[] },
): Promise<{ fields: Inferred[]; primaryKey?: string }> {
  const fields: Inferred[] = []
  for (const column of columns) fields.push(await inferField(database, rows, column))
  const isKey = ({ constraints }: Inferred): boolean =>
    constraints['required'] === true && constraints['unique'] === true
  const keys = fields.filter((field) => isKey(field) && field.type !== 'number')
  const byRole = keys.find(({ name }) =>
    columns.some((column) => column.name === name && column.role === 'id'),
  )
  const key = byRole ?? keys[0]
  return { fields, ...(key && { primaryKey: key.name }) }
}

interface Facts {
  rows: number
  count: number
  distinct: number
  low: Json
  high: Json
}

async function inferField(database: DuckDb, rows: string, column: Column): Promise<Inferred> {
  const field = { name: column.name, type: fieldTypeOf(column.type) }
  if (!isStorable(column)) return { ...field, constraints: {} }
  const value = `(${valueSql(column)})`
  const [low, high] = column.type === 'text' ? lengthRange(value) : valueRange(column)
  const [facts] = await database.rows<Facts & Record<string, Json>>(
    `SELECT count(*)::DOUBLE AS rows, count(${value})::DOUBLE AS count,
      count(DISTINCT ${value})::DOUBLE AS distinct, ${low} AS low, ${high} AS high FROM (${rows})`,
  )
  const { rows: all, count, distinct } = facts!
  const constraints: Record<string, Json> = {
    ...(count > 0 && count === all && { required: true }),
    ...(count > 1 && count === distinct && { unique: true }),
  }
  if (count === 0 || column.type === 'boolean') return { ...field, constraints }
  if (column.type !== 'text')
    return { ...field, constraints: { ...constraints, ...range(facts!, 'minimum', 'maximum') } }
  const isChoice = distinct <= mostChoices && count >= distinct * fewestRepeats
  const about = isChoice
    ? { enum: await choices(database, rows, value) }
    : range(facts!, 'minLength', 'maxLength')
  return { ...field, constraints: { ...constraints, ...about } }
}

const lengthRange = (value: string): [string, string] => [
  `min(length(${value}))::DOUBLE`,
  `max(length(${value}))::DOUBLE`,
]

const valueRange = (column: Column): [string, string] => [
  shownSql(column, `min(${valueSql(column)})`),
  shownSql(column, `max(${valueSql(column)})`),
]

/** JSON has no infinities, and they bound nothing. */
function range({ low, high }: Facts, lowName: string, highName: string): Record<string, Json> {
  const isBound = (value: Json): boolean => typeof value !== 'number' || Number.isFinite(value)
  return { ...(isBound(low) && { [lowName]: low }), ...(isBound(high) && { [highName]: high }) }
}

async function choices(database: DuckDb, rows: string, value: string): Promise<string[]> {
  const found = await database.rows<{ value: string }>(
    `SELECT DISTINCT ${value} AS value FROM (${rows}) WHERE ${value} IS NOT NULL ORDER BY value`,
  )
  return found.map((row) => row.value)
}
