import type { DuckDb } from '../../../src/tables/open-duckdb.ts'
import { columnOf, valueSql, type Relation } from '../../../src/tables/relation.ts'
import type { Json } from '../expectations/outcome.ts'
import { shownSql } from '../expectations/value-sql.ts'

/** Two tables with the columns that both have. */
export interface Pair {
  before: Relation
  after: Relation
  names: readonly string[]
  shown: number
}

export interface RowDifferences {
  added: number
  removed: number
  /** Only rows that are matched by a key can have changed. */
  changed: number
  unchanged: number
  /** How many values differ, by column. */
  cells: { column: string; changed: number }[]
  examples: { added: Json[]; removed: Json[]; changed: Json[] }
}

/** Rows that one table has more often than the other. */
export async function compareWholeRows(database: DuckDb, pair: Pair): Promise<RowDifferences> {
  const { before, after, names } = pair
  const rowsOf = (relation: Relation): string =>
    `SELECT ${names.map((name, index) => `${valueSql(relation, name)} AS v${index}`).join(', ')} FROM ${relation.view}`
  const moreIn = async (relation: Relation, other: Relation): Promise<[number, Json[]]> => {
    const more = `(${rowsOf(relation)} EXCEPT ALL ${rowsOf(other)})`
    const [found] = await database.rows<{ count: number }>(`SELECT count(*)::DOUBLE AS count FROM ${more}`)
    const shown = names.map(
      (name, index) => `${shownSql(columnOf(relation, name), `v${index}`)} AS s${index}`,
    )
    const rows = await database.rows<Record<string, Json>>(
      `SELECT ${shown.join(', ')} FROM (SELECT * FROM ${more} ORDER BY ALL LIMIT ${pair.shown})`,
    )
    return [found!.count, rows.map((row) => named(names, row, 's'))]
  }
  const [added, addedRows] = await moreIn(after, before)
  const [removed, removedRows] = await moreIn(before, after)
  return {
    added,
    removed,
    changed: 0,
    unchanged: before.table.rows.count - removed,
    cells: [],
    examples: { added: addedRows, removed: removedRows, changed: [] },
  }
}

/** Rows that are matched by their key, which must be another in each row of a table. */
export async function compareByKey(
  database: DuckDb,
  pair: Pair & { key: readonly string[]; tolerance: number },
): Promise<RowDifferences> {
  const { before, after, key, names } = pair
  const values = names.filter((name) => !key.includes(name))
  const on = key.map((name) => `${valueSql(before, name)} IS NOT DISTINCT FROM ${valueSql(after, name)}`)
  const differences = values.map((name, index) => `${differSql(pair, name)} AS d${index}`)
  await database.run(
    `CREATE TABLE matched AS
     SELECT ${[`${before.view}.place AS b`, `${after.view}.place AS a`, ...differences].join(', ')}
     FROM ${before.view} FULL JOIN ${after.view} ON ${on.join(' AND ')}`,
  )
  const isInBoth = 'a IS NOT NULL AND b IS NOT NULL'
  const differs = values.length === 0 ? 'false' : values.map((_, index) => `d${index}`).join(' OR ')
  const counts = values.map(
    (_, index) => `(count(*) FILTER (${isInBoth} AND d${index}))::DOUBLE AS n${index}`,
  )
  const [found] = await database.rows<Record<string, number>>(
    `SELECT ${[
      '(count(*) FILTER (b IS NULL))::DOUBLE AS added',
      '(count(*) FILTER (a IS NULL))::DOUBLE AS removed',
      `(count(*) FILTER (${isInBoth} AND (${differs})))::DOUBLE AS changed`,
      `(count(*) FILTER (${isInBoth} AND NOT (${differs})))::DOUBLE AS unchanged`,
      ...counts,
    ].join(', ')} FROM matched`,
  )
  const { added, removed, changed, unchanged } = found as Record<keyof RowDifferences, number>
  return {
    added,
    removed,
    changed,
    unchanged,
    cells: values.map((column, index) => ({ column, changed: found![`n${index}`]! })),
    examples: {
      added: await keysWhere(database, { ...pair, side: 'after' }),
      removed: await keysWhere(database, { ...pair, side: 'before' }),
      changed: await changedRows(database, { ...pair, values, where: `${isInBoth} AND (${differs})` }),
    },
  }
}

/** True where the values of a matched row differ; never null. */
function differSql({ before, after, tolerance }: Pair & { tolerance: number }, name: string): string {
  const [a, b] = [valueSql(before, name), valueSql(after, name)]
  const { type } = columnOf(before, name)
  const differ = `${a} IS DISTINCT FROM ${b}`
  if (tolerance === 0 || (type !== 'number' && type !== 'integer')) return `(${differ})`
  return `(${differ} AND NOT coalesce(abs(${a}::DOUBLE - ${b}::DOUBLE) <= ${tolerance}, false))`
}

/** The keys of rows that stand on one side alone. */
async function keysWhere(
  database: DuckDb,
  { before, after, key, shown, side }: Pair & { key: readonly string[]; side: 'before' | 'after' },
): Promise<Json[]> {
  const [relation, place, other] = side === 'before' ? [before, 'b', 'a'] : [after, 'a', 'b']
  const rows = await database.rows<Record<string, Json>>(
    `SELECT ${shownValues(relation, key, 'k').join(', ')} FROM ${relation.view}
     JOIN matched ON matched.${place} = ${relation.view}.place
     WHERE matched.${other} IS NULL ORDER BY matched.${place} LIMIT ${shown}`,
  )
  return rows.map((row) => named(key, row, 'k'))
}

async function changedRows(
  database: DuckDb,
  given: Pair & { key: readonly string[]; values: readonly string[]; where: string },
): Promise<Json[]> {
  const { before, after, key, values, where, shown } = given
  if (values.length === 0) return []
  const selected = [
    ...shownValues(before, key, 'k'),
    ...shownValues(before, values, 'b'),
    ...shownValues(after, values, 'a'),
    ...values.map((_, index) => `matched.d${index} AS d${index}`),
  ]
  const rows = await database.rows<Record<string, Json>>(
    `SELECT ${selected.join(', ')} FROM (SELECT * FROM matched WHERE ${where} ORDER BY b LIMIT ${shown}) AS matched
     JOIN ${before.view} ON matched.b = ${before.view}.place
     JOIN ${after.view} ON matched.a = ${after.view}.place ORDER BY matched.b`,
  )
  return rows.map((row) => ({
    key: named(key, row, 'k'),
    values: Object.fromEntries(
      values.flatMap((name, index) =>
        row[`d${index}`] === true
          ? [[name, { before: jsonOf(row[`b${index}`]), after: jsonOf(row[`a${index}`]) }]]
          : [],
      ),
    ),
  }))
}

const shownValues = (relation: Relation, names: readonly string[], prefix: string): string[] =>
  names.map((name, index) => {
    const value = shownSql(columnOf(relation, name), valueSql(relation, name))
    return `${value} AS ${prefix}${index}`
  })

const named = (names: readonly string[], row: Record<string, Json>, prefix: string): Json =>
  Object.fromEntries(names.map((name, index) => [name, jsonOf(row[`${prefix}${index}`])]))

// JSON has no infinities.
const jsonOf = (value: Json | undefined): Json =>
  typeof value === 'number' && !Number.isFinite(value) ? String(value) : (value ?? null)
