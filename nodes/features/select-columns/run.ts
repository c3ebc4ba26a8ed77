import { defineRun } from '../../../src/node-kit/define-run.ts'
import { writeTableArtifact } from '../../../src/tables/write-table.ts'
import { selectColumnsNode, selectedColumns } from './definition.ts'

export const run = defineRun(selectColumnsNode, async ({ table: { data } }, params, context) => ({
  table: await writeTableArtifact(context, { ...data, columns: selectedColumns(data.columns, params) }),
}))
