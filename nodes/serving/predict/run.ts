import { defineRun } from '../../../src/node-kit/define-run.ts'
import { predict } from './definition.ts'
import { predictRows } from './predict-rows.ts'

export const run = defineRun(predict, async ({ model, table: { data: table } }, params, context) => ({
  table: await predictRows(context, {
    model: model ?? (await context.models.resolve(params.model)),
    table,
    params,
  }),
}))
