import type { z } from 'zod'
import type { TableData } from '../../../src/core/artifacts.ts'
import type { BoostingParameters } from '../../../src/learn/gradient-boosted-trees/boosting-parameters.ts'
import { gradientBoostedTrees as learner } from '../../../src/learn/gradient-boosted-trees/gradient-boosted-trees.ts'
import type { TreesModel } from '../../../src/learn/gradient-boosted-trees/trees-model.ts'
import type { RunContext } from '../../../src/node-kit/run-context.ts'
import { categoricalFeatures } from '../categorical-features.ts'
import type { Training } from '../learn-model.ts'
import { targetKind } from '../learning-table.ts'
import type { gradientBoostedTrees } from './definition.ts'

export async function trainingOf(
  params: z.output<typeof gradientBoostedTrees.params>,
  context: RunContext,
  table: TableData,
): Promise<Training<BoostingParameters, TreesModel>> {
  const task = params.task === 'auto' ? await targetKind(context, table) : params.task
  const found = params.categories === 'auto' ? categoricalFeatures(table) : []
  const ruled = new Set([...params.increasing, ...params.decreasing])
  const categorical = new Set([...found.filter((name) => !ruled.has(name)), ...params.categoricalFeatures])
  return {
    learner,
    task,
    params: { ...params, categorical: [...categorical] },
    describe: ({ trees, bases }) => ({ trees: trees.length, rounds: trees.length / bases.length }),
  }
}
