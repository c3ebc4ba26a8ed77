import { defineRun } from '../../../src/node-kit/define-run.ts'
import { trainModel } from '../train-model.ts'
import { randomForest } from './definition.ts'
import { trainingOf } from './training.ts'

export const run = defineRun(randomForest, async ({ table }, params, context) =>
  trainModel(context, table, await trainingOf(params, context, table.data)),
)
