import type { TableData } from '../../../src/core/artifacts.ts'
import { defineRun } from '../../../src/node-kit/define-run.ts'
import { appendSteps } from '../../../src/recipe/append-step.ts'
import { writeTableArtifact } from '../../../src/tables/write-table.ts'
import { newNames, rename, renamedColumns, type RenameParams } from './definition.ts'

export const run = defineRun(rename, async ({ table }, params, context) => {
  const names = newNames(table.data.columns, params)
  if (names.size === 0) return { table: await writeTableArtifact(context, table.data) }
  const step = {
    transform: 'rename' as const,
    params: { columns: [...names.keys()], names: [...names.values()] },
    node: context.node,
  }
  const renamed = await appendSteps(context, table.data, [step])
  return { table: await writeTableArtifact(context, inPlace(table.data, renamed, params)) }
})

/** The recipe puts new columns at the end; a renamed one stands where it stood. */
function inPlace(before: TableData, renamed: TableData, params: RenameParams): TableData {
  return { ...renamed, columns: renamedColumns(before.columns, params) }
}
