import type { Artifact, TableData } from '../../../src/core/artifacts.ts'
import type { ContextOf } from '../../../src/node-kit/define-node.ts'
import { defineRun } from '../../../src/node-kit/define-run.ts'
import type { DuckDb } from '../../../src/tables/open-duckdb.ts'
import { valueSql, type Relation } from '../../../src/tables/relation.ts'
import { loadRelation, withTables } from '../../features/load-relation.ts'
import { writeReport } from '../../write-report.ts'
import type { Json } from '../expectations/outcome.ts'
import { compareDistributions, type DistributionDifference } from './compare-distributions.ts'
import { compareByKey, compareWholeRows, type RowDifferences } from './compare-rows.ts'
import { comparedColumns } from './compared-columns.ts'
import { compare, type CompareParams } from './definition.ts'

type Context = ContextOf<typeof compare>
interface Tables {
  before: TableData
  after: TableData
}

export const run = defineRun(compare, async ({ before, after }, params, context) => {
  const tables: Tables = { before: before.data, after: after.data }
  const columns = comparedColumns(tables.before, tables.after, params.ignore)
  const { matched, ...schema } = columns
  const names = matched.map((pair) => pair.before.name)
  const rows = await compareRows(context, tables, { params, names: [...new Set([...params.key, ...names])] })
  const distributions = await compareDistributions(
    context,
    tables,
    matched.map((pair) => pair.before),
  )
  const distant = distributions.filter(({ distance }) => distance !== null && distance > params.distanceLimit)
  warn(context, distant)
  const counts = { before: tables.before.rows.count, after: tables.after.rows.count }
  const report = await writeReport(context, {
    type: 'comparison',
    metrics: {
      rows_before: counts.before,
      rows_after: counts.after,
      ...(rows && {
        rows_added: rows.added,
        rows_removed: rows.removed,
        rows_changed: rows.changed,
      }),
      columns_added: schema.added.length,
      columns_removed: schema.removed.length,
      columns_retyped: schema.retyped.length,
      largest_distance: Math.max(0, ...distributions.map(({ distance }) => distance ?? 0)),
    },
    content: {
      key: params.key,
      counts,
      columns: schema,
      rows: rows as Json,
      distributions: distributions as unknown as Json,
    },
  })
  judge(context, { differences: differencesOf({ schema, rows, distant }), params, report })
  return { report }
})

async function compareRows(
  context: Context,
  { before, after }: Tables,
  { params, names }: { params: CompareParams; names: readonly string[] },
): Promise<RowDifferences | null> {
  if (names.length === 0) return null
  const { key, shown, tolerance } = params
  context.progress({ note: 'rows' })
  return withTables(context, [before, after], async (database) => {
    const relations = {
      before: await loadRelation(context, database, { table: before, view: 'rows_before', names }),
      after: await loadRelation(context, database, { table: after, view: 'rows_after', names }),
    }
    if (key.length === 0) return compareWholeRows(database, { ...relations, names, shown })
    await refuseRepeatedKeys(context, database, { table: 'Before', relation: relations.before, key })
    await refuseRepeatedKeys(context, database, { table: 'After', relation: relations.after, key })
    return compareByKey(database, { ...relations, names, shown, key, tolerance })
  })
}

async function refuseRepeatedKeys(
  context: Context,
  database: DuckDb,
  { table, relation, key }: { table: string; relation: Relation; key: readonly string[] },
): Promise<void> {
  const values = key.map((name) => valueSql(relation, name)).join(', ')
  const [found] = await database.rows<{ count: number }>(
    `SELECT coalesce(sum(n), 0)::DOUBLE AS count FROM
       (SELECT count(*) AS n FROM ${relation.view} GROUP BY ${values} HAVING count(*) > 1)`,
  )
  const { count } = found!
  const names = key.map((name) => `“${name}”`).join(', ')
  if (count > 0) context.fail('repeated-key', { count, table, key: names }, { param: 'key' })
}

function warn(context: Context, distant: readonly DistributionDifference[]): void {
  for (const { column, distance } of distant) {
    context.log('warning', 'The values of “{column}” are distributed differently (distance {distance})', {
      column,
      distance: distance!.toFixed(3),
    })
  }
}

/** Fails or warns where there are differences, as is wanted. */
function judge(
  context: Context,
  found: { differences: readonly string[]; params: CompareParams; report: Artifact<'report'> },
): void {
  const { differences, params, report } = found
  if (differences.length === 0 || params.severity === 'none') return
  const said = differences.join(', ')
  if (params.severity === 'warning') {
    context.log('warning', 'The tables differ: {differences}', { differences: said })
    return
  }
  const values = { differences: said, node: context.node }
  context.fail('different', values, { param: 'severity', outputs: { report } })
}

/** In words, such as “3 rows changed”. */
function differencesOf(found: {
  schema: Omit<ReturnType<typeof comparedColumns>, 'matched'>
  rows: RowDifferences | null
  distant: readonly DistributionDifference[]
}): string[] {
  const { schema, rows, distant } = found
  const counts: [number, string][] = [
    [schema.added.length, 'columns added'],
    [schema.removed.length, 'columns removed'],
    [schema.retyped.length, 'columns of another type'],
    [rows?.added ?? 0, 'rows added'],
    [rows?.removed ?? 0, 'rows removed'],
    [rows?.changed ?? 0, 'rows changed'],
    [distant.length, 'columns distributed differently'],
  ]
  return counts.flatMap(([count, what]) =>
    count === 0 ? [] : [`${count} ${count === 1 ? what.replace(/^(row|column)s/, '$1') : what}`],
  )
}
