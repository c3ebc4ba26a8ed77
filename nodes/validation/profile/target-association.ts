import type { DuckDb } from '../../../src/tables/open-duckdb.ts'
import { columnOf, numberSql, valueSql, type Relation } from '../../../src/tables/relation.ts'

/** A target of numbers with more different values is not one of classes. */
const mostClasses = 20
/** Groups are to be this large on average, or every column explains the target. */
const rowsInGroup = 5
/** Intervals that a column of many numbers is cut into, of equally many rows, and how many rows each has at least. */
const mostIntervals = 200
const rowsInInterval = 20

interface Feature {
  name: string
  distinct: number
}

/**
 * How well a feature alone explains the target, by groups of rows with the same value of it, between 0 and 1: of a
 * target of classes Goodman and Kruskal’s lambda, of one of numbers the share of variance between groups (η²). Null
 * where the groups are too small to tell, or the target is constant.
 */
export async function associationWithTarget(
  database: DuckDb,
  relation: Relation,
  { feature, target }: { feature: Feature; target: Feature },
): Promise<number | null> {
  const group = groupSql(relation, feature)
  if (group === null) return null
  const hasClasses = isOfClasses(relation, target)
  const value = hasClasses ? valueSql(relation, target.name) : numberSql(relation, target.name)
  const rows = `SELECT ${group} AS g, ${value} AS t FROM ${relation.view}
    WHERE ${value} IS NOT NULL AND ${valueSql(relation, feature.name)} IS NOT NULL`
  const [found] = await database.rows<{ association: number | null }>(
    hasClasses ? lambdaSql(rows) : varianceSql(rows),
  )
  const { association } = found!
  return association === null || !Number.isFinite(association) ? null : association
}

/**
 * How well the order of a feature tells two classes of the target apart: |2 AUC - 1|, equal values sharing their rank.
 * Null where the feature has no order, or there are not two classes.
 */
export async function separationOfClasses(
  database: DuckDb,
  relation: Relation,
  { feature, target }: { feature: Feature; target: Feature },
): Promise<number | null> {
  const { type } = columnOf(relation, feature.name)
  if (type === 'text' || type === 'boolean' || target.distinct !== 2) return null
  const [value, answer] = [valueSql(relation, feature.name), valueSql(relation, target.name)]
  const rows = `SELECT ${value} AS v, ${answer} AS t FROM ${relation.view}
    WHERE ${value} IS NOT NULL AND ${answer} IS NOT NULL`
  const [found] = await database.rows<{ auc: number | null }>(
    `WITH ranked AS (SELECT t = max(t) OVER () AS is_last,
       rank() OVER (ORDER BY v) + (count(*) OVER (PARTITION BY v) - 1) / 2 AS r FROM (${rows}))
     SELECT (sum(r) FILTER (is_last) - last * (last + 1) / 2) / nullif(last * (count(*) - last), 0) AS auc
     FROM ranked, (SELECT count(*)::DOUBLE AS last FROM ranked WHERE is_last) GROUP BY last`,
  )
  const auc = found?.auc ?? null
  return auc === null ? null : Math.abs(2 * auc - 1)
}

export function isOfClasses(relation: Relation, { name, distinct }: Feature): boolean {
  const { type } = columnOf(relation, name)
  return type === 'text' || type === 'boolean' || distinct <= mostClasses
}

/** The group of a row; null where groups would be too small. */
function groupSql(relation: Relation, { name, distinct }: Feature): string | null {
  const rows = relation.table.rows.count
  const value = valueSql(relation, name)
  if (distinct > 1 && distinct * rowsInGroup <= rows && distinct <= mostIntervals) return value
  const { type } = columnOf(relation, name)
  const intervals = Math.min(mostIntervals, Math.floor(rows / rowsInInterval))
  if (type === 'text') return distinct > 1 && distinct * rowsInGroup <= rows ? value : null
  if (type === 'boolean' || distinct <= 1 || intervals < 2) return null
  // Equal numbers are in one group, by the first of their ranks.
  return `floor((rank() OVER (ORDER BY ${value}) - 1) * ${intervals} / count(*) OVER ())`
}

const lambdaSql = (rows: string): string =>
  `WITH cells AS (SELECT g, t, count(*)::DOUBLE AS n FROM (${rows}) GROUP BY g, t)
   SELECT (right_by_group - right_at_all) / nullif(all_rows - right_at_all, 0) AS association FROM
     (SELECT sum(n) AS right_by_group FROM (SELECT max(n) AS n FROM cells GROUP BY g)),
     (SELECT max(n) AS right_at_all, sum(n) AS all_rows FROM (SELECT sum(n) AS n FROM cells GROUP BY t))`

const varianceSql = (rows: string): string =>
  `WITH given AS (${rows})
   SELECT 1 - within_groups / nullif(at_all, 0) AS association FROM
     (SELECT sum(s) AS within_groups FROM (SELECT var_pop(t) * count(*) AS s FROM given GROUP BY g ORDER BY g)),
     (SELECT var_pop(t) * count(*) AS at_all FROM given)`
