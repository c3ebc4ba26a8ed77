import { defineRun } from '../../../src/node-kit/define-run.ts'
import { predictRows } from '../predict/predict-rows.ts'
import { batchScore, versionColumn } from './definition.ts'

export const run = defineRun(batchScore, async ({ table: { data: table } }, { model, columns }, context) => {
  const found = await context.models.resolveVersion(model)
  return {
    table: await predictRows(context, {
      model: found.artifact,
      table,
      params: { rows: 'all', columns },
      version: { column: versionColumn, value: `${found.model}:${found.version}` },
    }),
  }
})
