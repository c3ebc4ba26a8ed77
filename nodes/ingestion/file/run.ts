import type { ProbeOf } from '../../../src/node-kit/define-node.ts'
import { defineRun } from '../../../src/node-kit/define-run.ts'
import { newTable } from '../../../src/tables/new-table.ts'
import { readFile } from '../../../src/tables/read-file/read-file.ts'
import { rejectColumns } from '../../../src/tables/read-file/read-options.ts'
import { sniffFile } from '../../../src/tables/read-file/sniff-file.ts'
import { writeTableArtifact } from '../../../src/tables/write-table.ts'
import { judgeRejects } from '../judge-rejects.ts'
import { readOptionsOf } from '../read-options-of.ts'
import { refuseUntyped } from '../refuse-untyped.ts'
import { shapeOfColumns } from '../shape-of-columns.ts'
import { ingestionFile } from './definition.ts'

export const run = defineRun(ingestionFile, async (_, params, context) => {
  const { path } = params
  const { counts, ...reading } = await readFile(context, readOptionsOf(context.resolvePath(path), params))
  const { sniff, startColumns } = reading
  if (counts.read === 0 && sniff.format !== 'parquet') refuseUntyped(startColumns, params)
  const rejects = newTable(reading.rejects.rows, reading.rejects.startColumns)
  await judgeRejects(context, { counts, rejects, params, values: { path } })
  return {
    table: await writeTableArtifact(context, newTable(reading.rows, reading.startColumns)),
    rejects: await writeTableArtifact(context, rejects),
  }
})

export const probe: ProbeOf<typeof ingestionFile> = async (params, context) => {
  const { startColumns, format, sampledRows } = await sniffFile(
    context,
    readOptionsOf(context.resolvePath(params.path), params),
  )
  const rejects = shapeOfColumns(rejectColumns)
  if (sampledRows === 0 && format !== 'parquet') refuseUntyped(startColumns, params)
  return { table: shapeOfColumns(startColumns), rejects }
}
