import type { Artifact, ModelData, ReportData } from '../../src/core/artifacts.ts'
import { canonicalJson } from '../../src/core/canonical-json.ts'
import { sha256OfText } from '../../src/files/sha256.ts'
import { emitClassAnswer } from '../../src/learn/emit-class-answer.ts'
import type { Fitted, Learner, LearningTable } from '../../src/learn/learner.ts'
import { positiveClass } from '../../src/learn/targets.ts'
import type { RunContext } from '../../src/node-kit/run-context.ts'
import type { GraphBuilder, Value } from '../../src/onnx/graph-builder.ts'
import { buildModelGraph, type Answers } from '../../src/recipe/build-model.ts'
import { writeReport } from '../write-report.ts'
import { learningTable } from './learning-table.ts'
import { sketchInputs } from './sketch-inputs.ts'
import { writeModel } from './write-model.ts'

type Json = ReportData['content']

export interface Training<Params, Model> {
  learner: Learner<Params, Model>
  task: 'classification' | 'regression'
  /** Of the node: more than what the learner takes. */
  params: Params & { classWeight?: 'none' | 'balanced'; positiveClass?: string | undefined }
  /** What the report says of the model, beside importances and loss. */
  describe?: (model: Model, table: LearningTable) => Record<string, Json>
}

/** What every learner node does: learns from train rows and puts the model behind the recipe, in one graph. */
export async function trainModel<Params, Model>(
  context: RunContext,
  table: Artifact<'table'>,
  training: Training<Params, Model>,
): Promise<{ model: Artifact<'model'>; report: Artifact<'report'> }> {
  const { learner, task, params } = training
  const learning = await learningTable(context, table.data, {
    task,
    classWeight: params.classWeight ?? 'none',
  })
  const target = targetOf(learning, params.positiveClass)
  const { seed, threads, signal } = context
  const fitted = await learner.fit(learning, params, {
    seed,
    threads,
    signal,
    progress: (progress) => context.progress(progress),
  })
  for (const warning of fitted.warnings) context.log('warning', warning)
  const sketch = await sketchInputs(context, table.data)
  const { bytes, signature } = buildModelGraph(
    table.data,
    (builder, matrix) => answersOf(builder, learner.emit(builder, matrix, fitted.model), target),
    { 'pipewright.sketch': sha256OfText(canonicalJson(sketch)) },
  )
  const data: ModelData = {
    task: learning.target.task,
    target,
    signature,
    features: [...learning.features],
    learner: { type: learner.type, params: jsonOf(params) },
    trainedOn: table.hash,
    ...(learning.target.task === 'binary' && { threshold: 0.5 }),
    importances: fitted.importances,
    trainingCurve: fitted.trainingCurve,
  }
  const model = await writeModel(context, { data, bytes, sketch })
  const described = training.describe?.(fitted.model, learning) ?? {}
  return { model, report: await writeReport(context, reportOf({ data, fitted, learning, described })) }
}

function targetOf({ target }: LearningTable, wanted: string | undefined): ModelData['target'] {
  const { column } = target
  if (target.task === 'regression') return { name: column }
  const classes = [...target.classes]
  return target.task === 'binary'
    ? { name: column, classes, positive: positiveClass({ column, classes }, wanted) }
    : { name: column, classes }
}

function answersOf(builder: GraphBuilder, output: Value, target: ModelData['target']): Answers {
  const { classes, positive } = target
  if (!classes) return { value: output }
  return emitClassAnswer(builder, output, { classes, ...(positive !== undefined && { positive }) })
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
    metrics: { ...last('train', train), ...last('validation', validation) },
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
