import type { ErrorValues } from '../../src/core/errors.ts'
import type { DuckDb } from '../../src/tables/open-duckdb.ts'
import { textSql, valueSql, type Relation } from '../../src/tables/relation.ts'

/** The groups whose rows stand in several parts of a split: how many there are, and the first in words. */
export async function mixedGroups(
  database: DuckDb,
  relation: Relation,
  by: readonly string[],
): Promise<ErrorValues | null> {
  if (!relation.table.split) return null
  const keys = by.map((name) => valueSql(relation, name))
  const words = by.map((name) => `coalesce(${textSql(relation, name)}, 'no value')`)
  const group = words.length === 0 ? `'all rows'` : `concat_ws(', ', ${words.join(', ')})`
  const [found] = await database.rows<{ count: number; first: string | null }>(
    `SELECT count(*)::DOUBLE AS count, arg_min(name, place) AS first FROM (
       SELECT any_value(${group}) AS name, min(place) AS place FROM ${relation.view}
       ${keys.length > 0 ? `GROUP BY ${keys.join(', ')}` : ''} HAVING min(part) <> max(part))`,
  )
  return found!.count > 0 ? { count: found!.count, first: found!.first ?? '' } : null
}
