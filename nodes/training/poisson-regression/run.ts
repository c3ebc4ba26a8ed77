import { defineRun } from '../../../src/node-kit/define-run.ts'
import { trainModel } from '../train-model.ts'
import { poissonRegression } from './definition.ts'
import { trainingOf } from './training.ts'

export const run = defineRun(poissonRegression, async ({ table }, params, context) =>
  trainModel(context, table, trainingOf(params)),
)
