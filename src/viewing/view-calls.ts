import type { Cell } from '../contract/cell.ts'
import type { Challenge, ChallengeRequest } from '../contract/challenge.ts'
import type { ExpressionPreview } from '../contract/expressions-contract.ts'
import type { FilePreview } from '../contract/files-contract.ts'
import type { ModelAnswer, ModelDetails, RawValue } from '../contract/model-details.ts'
import type { CounterfactualRequest, Counterfactuals } from '../contract/model-counterfactuals.ts'
import type { ForeignModelData } from '../contract/model-import.ts'
import type { SampledModel } from '../contract/model-sample.ts'
import type { ReferenceRows } from '../contract/reference-rows.ts'
import type { ExplainRowRequest, ModelExplanation } from '../contract/model-explanation.ts'
import type {
  ExportAnswer,
  ExportRequest,
  PageRequest,
  PointsRequest,
  TablePage,
  TablePoints,
} from '../contract/tables-contract.ts'
import type { ErrorReport } from '../core/errors.ts'
import type { Json } from '../core/pipeline.ts'
import type { Sketch } from '../core/sketch-schema.ts'

/** The beginning of a data file, looked at to draw a pipeline for it. */
export interface FileSurvey {
  /** Rows that were looked at; all of the file where it `isWhole`. */
  rows: number
  isWhole: boolean
  sketch: Sketch
  /** Columns without a value that comes twice, by name. */
  unique: readonly string[]
  examples: readonly (readonly Cell[])[]
  /** Columns that are the target, or two that add up to it, in every row; each group by itself. */
  giveaways: readonly (readonly string[])[]
  /** Columns of dates and times that the rows follow. */
  inOrder: readonly string[]
  /** Whether the first line has the names; null where the format always says so. */
  header: boolean | null
}

/** What a viewer process can be asked; all of it JSON. */
export interface ViewCalls {
  'table.page': (request: PageRequest) => TablePage
  'table.points': (request: PointsRequest) => TablePoints
  'table.sketch': (request: { artifact: string }) => Sketch
  'table.export': (request: ExportRequest) => ExportAnswer
  'expression.preview': (request: { artifact: string; text: string; rows: number }) => ExpressionPreview
  'file.preview': (request: {
    path: string
    params: Readonly<Record<string, Json>>
    rows: number
  }) => FilePreview
  'file.survey': (request: { path: string; target: string | null }) => FileSurvey
  'model.details': (request: { artifact: string }) => ModelDetails
  'model.answer': (request: { artifact: string; row: Readonly<Record<string, RawValue>> }) => ModelAnswer
  'model.counterfactuals': (
    request: { artifact: string } & Omit<CounterfactualRequest, 'model'>,
  ) => Counterfactuals
  'model.foreign': (request: { path: string }) => ForeignModelData
  'model.reference': (request: { artifact: string; limit: number }) => ReferenceRows
  /** Into a file. */
  'model.sample': (request: { artifact: string; file: string }) => SampledModel
  'model.challenge': (request: ChallengeRequest) => Challenge
  'model.explain': (request: { artifact: string } & Omit<ExplainRowRequest, 'model'>) => ModelExplanation
}
export type ViewMethod = keyof ViewCalls
export type ViewRequest<Method extends ViewMethod> = Parameters<ViewCalls[Method]>[0]
export type ViewAnswer<Method extends ViewMethod> = ReturnType<ViewCalls[Method]>

/** What a viewer process works with. */
export interface ViewerSetup {
  /** Roots of artifact stores; the first that has an artifact counts. */
  artifacts: readonly string[]
  /** Its own folder, which it may fill. */
  work: string
  threads: number
  memoryMb: number
}

export type ToViewer =
  | { kind: 'setup'; setup: ViewerSetup }
  | { kind: 'call'; id: number; method: ViewMethod; request: unknown }
  | { kind: 'cancel'; id: number }

export type FromViewer =
  | { kind: 'answer'; id: number; value: unknown }
  /** `details` are for the log: the stack. */
  | { kind: 'failure'; id: number; error: ErrorReport; details: string }
