import type { Task } from '../core/columns.ts'
import type { CancelSignal, Progress } from '../node-kit/run-context.ts'
import type { GraphBuilder, Value } from '../onnx/graph-builder.ts'
import type { CompressedChunk } from './compressed-rows.ts'

/** Rows of the feature matrix: row-major, `rows` × features, as float32. NaN is a missing value. */
export interface MatrixChunk {
  rows: number
  data: Float32Array
}

/** Train rows are fitted; validation rows choose (early stopping) and are never fitted. */
export const learningParts = ['train', 'validation'] as const
export type LearningPart = (typeof learningParts)[number]

/** One number a row of each part, in the order of the chunks: a value, a weight. */
export type NumbersByPart = Readonly<Record<LearningPart, Float64Array>>
/** One class code a row of each part: 0 … classes − 1. */
type CodesByPart = Readonly<Record<LearningPart, Uint16Array>>

/** `column` is what the target is called in messages. */
export type LearningTarget =
  | { column: string; task: 'regression'; values: NumbersByPart }
  | { column: string; task: 'binary' | 'multiclass'; classes: readonly string[]; codes: CodesByPart }

/** What a learner learns from. `chunks` may be called several times and gives the same rows each time. */
export interface LearningTable {
  /** Names of the matrix columns, in order. */
  features: readonly string[]
  rows: Readonly<Record<LearningPart, number>>
  chunks(part: LearningPart): AsyncIterable<MatrixChunk>
  /** The same rows without their zeros, where there are so many features that most values are 0. */
  compressed?(part: LearningPart): AsyncIterable<CompressedChunk>
  target: LearningTarget
  /** One weight ≥ 0 a row; all equal when absent. */
  weights?: NumbersByPart
}

/** How a fit is run. The outcome depends on the seed alone, never on the number of threads. */
export interface FitRun {
  seed: number
  threads: number
  signal: CancelSignal
  /** Called at every iteration; the caller limits how often it passes that on. */
  progress(progress: Progress): void
}

/** Loss by iteration; `validation` is empty where there are no validation rows. */
export interface TrainingCurve {
  /** As in the names of metrics: `log_loss`, `rmse`. */
  metric: string
  train: number[]
  validation: number[]
}

/** What came out of a fit. `model` is plain data: numbers, strings and typed arrays. */
export interface Fitted<Model> {
  model: Model
  /** One share ≥ 0 a feature; they sum to 1, or are all 0 when the model uses no feature. */
  importances: number[]
  trainingCurve: TrainingCurve
  /** Linear models: what each feature is on average over the train rows. */
  means?: Float64Array
  /** What the learner measured itself, by name: `out_of_bag_accuracy`. */
  metrics?: Readonly<Record<string, number>>
  /** What the user should know, in whole sentences with the remedy. */
  warnings: readonly string[]
}

/** The one port of everything that is trained: nodes, tuning, cross-validation and explanation use this. */
export interface Learner<Params, Model> {
  /** As in `ModelData.learner.type`. */
  type: string
  tasks: readonly Task[]
  fit(table: LearningTable, params: Params, run: FitRun): Promise<Fitted<Model>>
  /**
   * The reference prediction: for classes one float32 probability a row and class (row-major, rows × classes), for
   * regression one float64 a row.
   */
  predict(model: Model, chunk: MatrixChunk): Float32Array | Float64Array
  /**
   * Appends the model to a graph. `matrix` is float32 [N, features]; the outcome is, for classes, the name of
   * float32 [N, classes] probabilities, for regression of float64 [N, 1] values.
   */
  emit(builder: GraphBuilder, matrix: Value, model: Model): Value
}
