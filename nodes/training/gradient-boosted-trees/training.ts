import type { z } from 'zod'
import type { TableData } from '../../../src/core/artifacts.ts'
import type { BoostingParameters } from '../../../src/learn/gradient-boosted-trees/boosting-parameters.ts'
import { gradientBoostedTrees as learner } from '../../../src/learn/gradient-boosted-trees/gradient-boosted-trees.ts'
import type { TreesModel } from '../../../src/learn/gradient-boosted-trees/trees-model.ts'
import type { RunContext } from '../../../src/node-kit/run-context.ts'
import type { Training } from '../learn-model.ts'
import { targetKind } from '../learning-table.ts'
import type { gradientBoostedTrees } from './definition.ts'

export async function trainingOf(
  params: z.output<typeof gradientBoostedTrees.params>,
  context: RunContext,
  table: TableData,
): Promise<Training<BoostingParameters, TreesModel>> {
  const task = params.task === 'auto' ? await targetKind(context, table) : params.task
  return { learner, task, params, describe: ({ trees }) => ({ trees: trees.length }) }
}
