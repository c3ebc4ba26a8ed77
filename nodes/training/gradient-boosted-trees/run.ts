import { gradientBoostedTrees as learner } from '../../../src/learn/gradient-boosted-trees/gradient-boosted-trees.ts'
import { defineRun } from '../../../src/node-kit/define-run.ts'
import { targetKind } from '../learning-table.ts'
import { trainModel } from '../train-model.ts'
import { gradientBoostedTrees } from './definition.ts'

export const run = defineRun(gradientBoostedTrees, async ({ table }, params, context) => {
  const task = params.task === 'auto' ? await targetKind(context, table.data) : params.task
  return trainModel(context, table, {
    learner,
    task,
    params,
    describe: ({ trees }) => ({ trees: trees.length }),
  })
})
