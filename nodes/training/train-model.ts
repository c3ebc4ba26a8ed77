import type { Artifact, ModelData, ReportData } from '../../src/core/artifacts.ts'
import { canonicalJson } from '../../src/core/canonical-json.ts'
import { sha256OfText } from '../../src/files/sha256.ts'
import type { Fitted, LearningTable } from '../../src/learn/learner.ts'
import type { RunContext } from '../../src/node-kit/run-context.ts'
import { writeReport } from '../write-report.ts'
import { learnModel, packModel, tableFor, type Training } from './learn-model.ts'
import { sketchInputs } from './sketch-inputs.ts'
import { warnOfLeaks } from './warn-of-leaks.ts'
import { writeModel } from './write-model.ts'

type Json = ReportData['content']

/** What every learner node does: learns from train rows and puts the model behind the recipe, in one graph. */
export async function trainModel<Params, Model>(
  context: RunContext,
  table: Artifact<'table'>,
  training: Training<Params, Model>,
): Promise<{ model: Artifact<'model'>; report: Artifact<'report'> }> {
  const learning = await tableFor(context, table.data, training)
  await warnOfLeaks(context, { table: table.data, learning })
  const learned = await learnModel(context, learning, training)
  const { fitted } = learned
  for (const warning of fitted.warnings) context.log('warning', warning)
  const sketch = await sketchInputs(context, table.data)
  const metadata = { 'pipewright.sketch': sha256OfText(canonicalJson(sketch)) }
  const { bytes, data } = packModel(table, training, { learned, metadata })
  const model = await writeModel(context, { data, bytes, sketch })
  const described = training.describe?.(fitted.model.model, learning) ?? {}
  const { power } = fitted.model
  return {
    model,
    report: await writeReport(
      context,
      reportOf({
        data,
        fitted,
        learning,
        described: { ...described, ...(power !== null && { targetPower: power }) },
      }),
    ),
  }
}

function reportOf(parts: {
  data: ModelData
  fitted: Fitted<unknown>
  learning: LearningTable
  described: Record<string, Json>
}): ReportData {
  const { data, fitted, learning, described } = parts
  const { metric, train, validation } = fitted.trainingCurve
  const last = (name: string, losses: readonly number[]): Record<string, number> =>
    losses.length === 0 ? {} : { [`${name}_${metric}`]: losses.at(-1)! }
  return {
    type: 'training',
    metrics: { ...last('train', train), ...last('validation', validation), ...fitted.metrics },
    content: jsonOf({
      learner: data.learner,
      task: data.task,
      target: data.target,
      rows: learning.rows,
      importances: data.features.map((feature, index) => ({
        feature,
        importance: fitted.importances[index]!,
      })),
      trainingCurve: fitted.trainingCurve,
      warnings: [...fitted.warnings],
      ...described,
    }),
  }
}

/** Without what JSON has no place for. */
const jsonOf = (value: object): Json => JSON.parse(JSON.stringify(value)) as Json
