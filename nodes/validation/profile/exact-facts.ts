import type { DuckDb } from '../../../src/tables/open-duckdb.ts'
import { columnOf, numberSql, valueSql, type Relation } from '../../../src/tables/relation.ts'

/** What is counted of a column, value by value. */
export interface ColumnFacts {
  missing: number
  distinct: number
  /** Of the finite numbers, interpolated linearly; null where there are none. */
  quartiles: [number, number, number] | null
}

const patternsShown = 20

export async function columnFacts(database: DuckDb, relation: Relation, name: string): Promise<ColumnFacts> {
  const value = valueSql(relation, name)
  const { type } = columnOf(relation, name)
  const isNumber = type === 'number' || type === 'integer'
  const quartiles = [0.25, 0.5, 0.75].map((share, index) =>
    isNumber ? `quantile_cont(${numberSql(relation, name)}, ${share}) AS q${index}` : `NULL AS q${index}`,
  )
  const [found] = await database.rows<Record<'missing' | 'distinct', number> & Record<string, number | null>>(
    `SELECT (count(*) - count(${value}))::DOUBLE AS missing, count(DISTINCT ${value})::DOUBLE AS distinct,
       ${quartiles.join(', ')} FROM ${relation.view}`,
  )
  const { missing, distinct, q0 = null, q1 = null, q2 = null } = found!
  return { missing, distinct, quartiles: q0 === null || q1 === null || q2 === null ? null : [q0, q1, q2] }
}

/** How many rows equal an earlier one in every column. */
export async function repeatedRows(database: DuckDb, relation: Relation): Promise<number> {
  const values = relation.columns.map(({ name }) => valueSql(relation, name)).join(', ')
  const [found] = await database.rows<{ count: number }>(
    `SELECT coalesce(sum(n - 1), 0)::DOUBLE AS count FROM (SELECT count(*) AS n FROM ${relation.view} GROUP BY ${values})`,
  )
  return found!.count
}

/** Which columns are missing together, the most frequent first. */
export async function missingPatterns(
  database: DuckDb,
  relation: Relation,
): Promise<{ completeRows: number; patterns: { missing: string[]; rows: number }[]; count: number }> {
  const marks = relation.columns.map(
    ({ name }) => `CASE WHEN ${valueSql(relation, name)} IS NULL THEN '1' ELSE '0' END`,
  )
  const found = await database.rows<{ pattern: string; rows: number }>(
    `SELECT concat(${marks.join(', ')}) AS pattern, count(*)::DOUBLE AS rows FROM ${relation.view}
     GROUP BY pattern ORDER BY rows DESC, pattern`,
  )
  const patterns = found.map(({ pattern, rows }) => ({
    missing: relation.columns.flatMap(({ name }, index) => (pattern[index] === '1' ? [name] : [])),
    rows,
  }))
  const completeRows = patterns.find(({ missing }) => missing.length === 0)?.rows ?? 0
  return { completeRows, patterns: patterns.slice(0, patternsShown), count: patterns.length }
}
