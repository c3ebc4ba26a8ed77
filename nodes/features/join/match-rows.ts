import type { DuckDb } from '../../../src/tables/open-duckdb.ts'
import { valueSql, type Relation } from '../../../src/tables/relation.ts'
import type { JoinParams } from './params.ts'
import { keysOf, rightKey } from './joined-columns.ts'

interface Pair {
  left: Relation
  right: Relation
  params: JoinParams
}

/** True where a row of one table belongs to a row of the other. */
export function matchSql({ left, right, params }: Pair): string {
  return keysOf(params)
    .map((key) => `${valueSql(left, key.left)} = ${valueSql(right, rightKey(key))}`)
    .join(' AND ')
}

/** How many rows match, and how many of them come from keys that repeat on both sides. */
export async function countMatches(
  database: DuckDb,
  pair: Pair,
): Promise<{ rows: number; repeatedKeys: number; repeatedRows: number }> {
  const { left, right, params } = pair
  if (params.kind === 'cross')
    return { rows: left.table.rows.count * right.table.rows.count, repeatedKeys: 0, repeatedRows: 0 }
  const counted = (relation: Relation, names: readonly string[]): string => {
    const keys = names.map((name, index) => `${valueSql(relation, name)} AS k${index}`)
    return `SELECT ${keys.join(', ')}, count(*)::DOUBLE AS n FROM ${relation.view} GROUP BY ALL`
  }
  const keys = keysOf(params)
  const on = keys.map((_, index) => `a.k${index} = b.k${index}`).join(' AND ')
  const [found] = await database.rows<{ rows: number; keys: number; made: number }>(
    `SELECT coalesce(sum(a.n * b.n), 0) AS rows, (count(*) FILTER (a.n > 1 AND b.n > 1))::DOUBLE AS keys,
       coalesce(sum(a.n * b.n) FILTER (a.n > 1 AND b.n > 1), 0) AS made
     FROM (${counted(
       left,
       keys.map((key) => key.left),
     )}) AS a JOIN (${counted(right, keys.map(rightKey))}) AS b ON ${on}`,
  )
  return { rows: found!.rows, repeatedKeys: found!.keys, repeatedRows: found!.made }
}
