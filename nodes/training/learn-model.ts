import type { Artifact, ModelData, ReportData, TableData } from '../../src/core/artifacts.ts'
import { emitClassAnswer } from '../../src/learn/emit-class-answer.ts'
import type { Fitted, Learner, LearningTable } from '../../src/learn/learner.ts'
import { positiveClass } from '../../src/learn/targets.ts'
import type { TargetTransform } from '../../src/learn/target-transform/target-transform.ts'
import {
  withTargetTransform,
  type TransformedModel,
} from '../../src/learn/target-transform/with-target-transform.ts'
import type { RunContext } from '../../src/node-kit/run-context.ts'
import type { GraphBuilder, Value } from '../../src/onnx/graph-builder.ts'
import { metadataKeys } from '../../src/onnx/model-metadata.ts'
import { buildModelGraph, type Answers } from '../../src/recipe/build-model.ts'
import { learningTable } from './learning-table.ts'

type Json = ReportData['content']

export interface Training<Params, Model> {
  learner: Learner<Params, Model>
  task: 'classification' | 'regression'
  /** Of the node: more than what the learner takes. */
  params: Params & {
    classWeight?: 'none' | 'balanced'
    positiveClass?: string | undefined
    targetTransform?: TargetTransform
  }
  /** What the report says of the model, beside importances and loss. */
  describe?: (model: Model, table: LearningTable) => Record<string, Json>
}

/** What a learner made of the train rows of a table. */
export interface Learned<Model> {
  learning: LearningTable
  fitted: Fitted<TransformedModel<Model>>
  target: ModelData['target']
}

/** A table as the learner of a training sees it. */
export function tableFor<Params, Model>(
  context: RunContext,
  table: TableData,
  { task, params: { classWeight = 'none' } }: Training<Params, Model>,
): Promise<LearningTable> {
  return learningTable(context, table, { task, classWeight })
}

/** Lets a learner learn from the train rows of a table, and choose by its validation rows. */
export async function learnModel<Params, Model>(
  context: RunContext,
  learning: LearningTable,
  { learner, params }: Training<Params, Model>,
): Promise<Learned<Model>> {
  const { positiveClass: wanted, targetTransform = 'none' } = params
  const target = targetOf(learning, wanted)
  const { seed, threads, signal } = context
  const fitted = await withTargetTransform(learner, targetTransform).fit(learning, params, {
    seed,
    threads,
    signal,
    progress: (progress) => context.progress(progress),
  })
  return { learning, fitted, target }
}

/** What was learned, behind the recipe of its table, in one graph. */
export function packModel<Params, Model>(
  table: Pick<Artifact<'table'>, 'hash' | 'data'>,
  { learner, params }: Training<Params, Model>,
  options: { learned: Learned<Model>; metadata?: Readonly<Record<string, string>> },
): { bytes: Uint8Array; data: ModelData } {
  const { learning, fitted, target } = options.learned
  const transformed = withTargetTransform(learner, params.targetTransform ?? 'none')
  const { bytes, signature } = buildModelGraph(
    table.data,
    (builder, matrix) => answersOf(builder, transformed.emit(builder, matrix, fitted.model), target),
    {
      ...options.metadata,
      ...(fitted.means && { [metadataKeys.means]: JSON.stringify(Array.from(fitted.means)) }),
    },
  )
  const data: ModelData = {
    task: learning.target.task,
    target,
    signature,
    features: [...learning.features],
    learner: { type: learner.type, params: JSON.parse(JSON.stringify(params)) as Json },
    trainedOn: table.hash,
    ...(learning.target.task === 'binary' && { threshold: 0.5 }),
    importances: fitted.importances,
    trainingCurve: fitted.trainingCurve,
  }
  return { bytes, data }
}

export function targetOf({ target }: LearningTable, wanted: string | undefined): ModelData['target'] {
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
