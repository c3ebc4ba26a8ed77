import type { StartColumn } from '../../../src/core/artifacts.ts'
import { selectColumns } from '../../../src/node-kit/column-selection.ts'
import { defineRun } from '../../../src/node-kit/define-run.ts'
import { quoteText } from '../../../src/tables/quote.ts'
import { storedSql, valueSql, type Relation } from '../../../src/tables/relation.ts'
import { storedType } from '../../../src/tables/stored-type.ts'
import { writeRelation, type OutcomeColumn } from '../../../src/tables/write-relation.ts'
import { writeTableArtifact } from '../../../src/tables/write-table.ts'
import { loadRelation, withTables } from '../load-relation.ts'
import { startColumnOf } from '../start-column-of.ts'
import { unpivot, unpivotedColumns, type UnpivotParams } from './definition.ts'

export const run = defineRun(unpivot, async ({ table: { data } }, params, context) =>
  withTables(context, [data], async (database) => {
    const relation = await loadRelation(context, database, { table: data, view: 'input' })
    const outcome = unpivotedColumns(data, params)
    const columns = outcome.map(({ name, type, role }, index): OutcomeColumn => {
      const made = { name, type: type as StartColumn['type'], source: context.node }
      return {
        start: index < outcome.length - 2 ? startColumnOf(data, name, context.node) : made,
        role,
      }
    })
    const kept = outcome.slice(0, -2).map(({ name }) => storedSql(relation, name))
    const query = longSql(relation, { params, kept, type: columns.at(-1)!.start.type })
    const isSplit = data.split !== null
    return {
      table: await writeTableArtifact(
        context,
        await writeRelation(context, { database, query, columns, isSplit }),
      ),
    }
  }),
)

/** Each row once for each chosen column: rows in their order, and within a row the columns in theirs. */
function longSql(
  relation: Relation,
  { params, kept, type }: { params: UnpivotParams; kept: readonly string[]; type: StartColumn['type'] },
): string {
  const chosen = selectColumns(relation.table, params.columns)
  const values = chosen.map(({ name }, index) => {
    const parts = relation.table.split ? ['part'] : []
    const value = `${storedSql(relation, name)}::${storedType(type)}`
    const places = [`${relation.view}.place AS place`, `${index} AS turn`]
    const columns = [...kept, quoteText(name), value, ...parts].map((sql, at) => `${sql} AS v${at}`)
    const present = params.missing === 'drop' ? `WHERE ${valueSql(relation, name)} IS NOT NULL` : ''
    return `SELECT ${[...columns, ...places].join(', ')} FROM ${relation.view} ${present}`
  })
  return `SELECT * EXCLUDE (place, turn) FROM (${values.join(' UNION ALL ')}) ORDER BY place, turn`
}
