import { defineRun } from '../../../src/node-kit/define-run.ts'
import { valueSql, type Relation } from '../../../src/tables/relation.ts'
import { isStorable } from '../../visible-rows.ts'
import { pickTable } from '../pick-table.ts'
import { deduplicate, type DeduplicateParams } from './definition.ts'

export const run = defineRun(deduplicate, async ({ table }, params, context) => {
  const all = table.data.columns.filter(isStorable).map(({ name }) => name)
  const names = params.columns.length > 0 ? params.columns : all
  return { table: await pickTable(context, table, names, (relation) => keptRows(relation, params)) }
})

function keptRows(relation: Relation, { keep }: DeduplicateParams): string {
  const keys = relation.columns.map(({ name }) => valueSql(relation, name)).join(', ')
  const kept = keep === 'last' ? 'max(place)' : 'min(place)'
  const alone = keep === 'none' ? 'HAVING count(*) = 1' : ''
  return `SELECT ${kept} AS kept FROM ${relation.view} GROUP BY ${keys} ${alone} ORDER BY kept`
}
