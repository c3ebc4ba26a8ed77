import type { z } from 'zod'
import type { TableData } from '../../../src/core/artifacts.ts'
import type { ForestModel } from '../../../src/learn/random-forest/forest-model.ts'
import type { ForestParameters } from '../../../src/learn/random-forest/forest-parameters.ts'
import { randomForest as learner } from '../../../src/learn/random-forest/random-forest.ts'
import type { RunContext } from '../../../src/node-kit/run-context.ts'
import type { Training } from '../learn-model.ts'
import { targetKind } from '../learning-table.ts'
import type { randomForest } from './definition.ts'

export async function trainingOf(
  params: z.output<typeof randomForest.params>,
  context: RunContext,
  table: TableData,
): Promise<Training<ForestParameters, ForestModel>> {
  const task = params.task === 'auto' ? await targetKind(context, table) : params.task
  return {
    learner,
    task,
    params: { ...params, splits: 'best', bootstrap: true },
    describe: ({ trees }) => ({
      trees: trees.length,
      leaves: trees.reduce((sum, { leafRows }) => sum + leafRows.length, 0),
    }),
  }
}
