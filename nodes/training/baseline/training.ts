import type { z } from 'zod'
import type { ReportData, TableData } from '../../../src/core/artifacts.ts'
import { baseline as learner } from '../../../src/learn/baseline/baseline.ts'
import type { BaselineModel, BaselineParameters } from '../../../src/learn/baseline/baseline-model.ts'
import type { LearningTable } from '../../../src/learn/learner.ts'
import type { RunContext } from '../../../src/node-kit/run-context.ts'
import { targetKind } from '../learning-table.ts'
import type { Training } from '../learn-model.ts'
import type { baseline } from './definition.ts'

export async function trainingOf(
  params: z.output<typeof baseline.params>,
  context: RunContext,
  table: TableData,
): Promise<Training<BaselineParameters, BaselineModel>> {
  const task = params.task === 'auto' ? await targetKind(context, table) : params.task
  return { learner, task, params, describe }
}

function describe(model: BaselineModel, { target }: LearningTable): Record<string, ReportData['content']> {
  if (model.task === 'regression') return { answer: model.value }
  const classes = target.task === 'regression' ? [] : target.classes
  return { answer: Object.fromEntries(classes.map((name, code) => [name, model.probabilities[code]!])) }
}
