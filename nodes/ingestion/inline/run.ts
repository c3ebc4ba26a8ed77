import type { ProbeOf } from '../../../src/node-kit/define-node.ts'
import { defineRun } from '../../../src/node-kit/define-run.ts'
import { newTable } from '../../../src/tables/new-table.ts'
import { readFile } from '../../../src/tables/read-file/read-file.ts'
import { rejectColumns } from '../../../src/tables/read-file/read-options.ts'
import { sniffFile } from '../../../src/tables/read-file/sniff-file.ts'
import { writeTableArtifact } from '../../../src/tables/write-table.ts'
import { judgeRejects } from '../judge-rejects.ts'
import { shapeOfColumns } from '../shape-of-columns.ts'
import { inline } from './definition.ts'
import { withTypedFile } from './typed-file.ts'

export const run = defineRun(inline, async (_, params, context) => {
  const reading = await withTypedFile(context, params, (options) => readFile(context, options))
  const rejects = newTable(reading.rejects.rows, reading.rejects.startColumns)
  await judgeRejects(context, { counts: reading.counts, rejects, params, values: {} })
  return {
    table: await writeTableArtifact(context, newTable(reading.rows, reading.startColumns)),
    rejects: await writeTableArtifact(context, rejects),
  }
})

export const probe: ProbeOf<typeof inline> = async (params, context) => {
  const { startColumns } = await withTypedFile(context, params, (options) => sniffFile(context, options))
  return { table: shapeOfColumns(startColumns), rejects: shapeOfColumns(rejectColumns) }
}
