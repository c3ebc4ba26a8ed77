import { defineRun } from '../../../src/node-kit/define-run.ts'
import { writeTableArtifact } from '../../../src/tables/write-table.ts'
import { setRoles, withRoles } from './definition.ts'

export const run = defineRun(setRoles, async ({ table }, params, context) => ({
  table: await writeTableArtifact(context, { ...table.data, columns: withRoles(table.data.columns, params) }),
}))
