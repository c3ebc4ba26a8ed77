import type { StartColumn } from '../../../src/core/artifacts.ts'
import { defineRun } from '../../../src/node-kit/define-run.ts'
import { measureSql } from '../../../src/tables/measure-sql.ts'
import { valueSql, type Relation } from '../../../src/tables/relation.ts'
import { writeRelation, type OutcomeColumn } from '../../../src/tables/write-relation.ts'
import { writeTableArtifact } from '../../../src/tables/write-table.ts'
import { loadRelation, withTables } from '../load-relation.ts'
import { mixedGroups } from '../mixed-groups.ts'
import { startColumnOf } from '../start-column-of.ts'
import { aggregate, aggregatedColumns, type AggregateParams } from './definition.ts'

// One thread: with more, DuckDB adds numbers in another order.
export const run = defineRun(aggregate, async ({ table: { data } }, params, context) =>
  withTables({ ...context, threads: 1 }, [data], async (database) => {
    const measured = params.measures.flatMap(({ column }) => column ?? [])
    const names = [...new Set([...params.by, ...measured])]
    const relation = await loadRelation(context, database, { table: data, view: 'input', names })
    const mixed = await mixedGroups(database, relation, params.by)
    if (mixed) context.fail('mixed-groups', mixed, { param: 'by' })
    const columns = aggregatedColumns(data, params).map(({ name, type, role }, index): OutcomeColumn => ({
      start:
        index < params.by.length
          ? startColumnOf(data, name, context.node)
          : { name, type: type as StartColumn['type'], source: context.node },
      role,
    }))
    const query = groupsSql(relation, params)
    const isSplit = data.split !== null
    return {
      table: await writeTableArtifact(
        context,
        await writeRelation(context, { database, query, columns, isSplit }),
      ),
    }
  }),
)

/** Key columns, measures and, of a split table, the part; groups by their first row. */
function groupsSql(relation: Relation, { by, measures }: AggregateParams): string {
  const keys = by.map((name) => valueSql(relation, name))
  const parts = relation.table.split ? ['coalesce(min(part), 0)'] : []
  const values = [...keys, ...measures.map((measure) => measureSql(relation, measure)), ...parts]
  const grouping = keys.length > 0 ? `GROUP BY ${keys.join(', ')}` : ''
  return `SELECT ${values.join(', ')} FROM ${relation.view} ${grouping} ORDER BY min(place)`
}
