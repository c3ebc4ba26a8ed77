import type { ProbeOf } from '../../../src/node-kit/define-node.ts'
import { defineRun } from '../../../src/node-kit/define-run.ts'
import { newTable } from '../../../src/tables/new-table.ts'
import { readFile } from '../../../src/tables/read-file/read-file.ts'
import { sniffFile } from '../../../src/tables/read-file/sniff-file.ts'
import { writeTableArtifact } from '../../../src/tables/write-table.ts'
import { shapeOfColumns } from '../shape-of-columns.ts'
import { sampleData } from './definition.ts'
import { sampleOptions } from './sample-options.ts'

export const run = defineRun(sampleData, async (_, { name }, context) => {
  const { rows, startColumns } = await readFile(context, sampleOptions(name))
  return { table: await writeTableArtifact(context, newTable(rows, startColumns)) }
})

export const probe: ProbeOf<typeof sampleData> = async ({ name }, context) => {
  const { startColumns } = await sniffFile(context, sampleOptions(name))
  return { table: shapeOfColumns(startColumns) }
}
