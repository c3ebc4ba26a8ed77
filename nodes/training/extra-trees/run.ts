import { defineRun } from '../../../src/node-kit/define-run.ts'
import { trainModel } from '../train-model.ts'
import { extraTrees } from './definition.ts'
import { trainingOf } from './training.ts'

export const run = defineRun(extraTrees, async ({ table }, params, context) =>
  trainModel(context, table, await trainingOf(params, context, table.data)),
)
