import { defineRun } from '../../../src/node-kit/define-run.ts'
import { trainModel } from '../train-model.ts'
import { linearRegression } from './definition.ts'
import { trainingOf } from './training.ts'

export const run = defineRun(linearRegression, async ({ table }, params, context) =>
  trainModel(context, table, trainingOf(params)),
)
