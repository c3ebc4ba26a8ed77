import { defineRun } from '../../../src/node-kit/define-run.ts'
import { writeTableArtifact } from '../../../src/tables/write-table.ts'
import { reorder, reorderedColumns } from './definition.ts'

export const run = defineRun(reorder, async ({ table: { data } }, params, context) => ({
  table: await writeTableArtifact(context, { ...data, columns: reorderedColumns(data.columns, params) }),
}))
