import type { Signature } from '../core/artifacts.ts'
import type { OutputColumns } from '../onnx/session.ts'
import type { ColumnChunk } from '../tables/column-chunk.ts'

/** The one way to an answer: every protocol turns what it is sent into typed columns and asks this. */
export interface PredictionHandler {
  readonly name: string
  /** What is served now; the first live one speaks for the endpoint where a protocol asks for one signature. */
  readonly versions: readonly ServedModel[]
  predict(request: PredictionRequest): Promise<PredictionAnswer>
  /** False while it starts or drains. */
  isReady(): boolean
}

export interface ServedModel {
  model: string
  version: number
  role: 'live' | 'shadow' | 'canary'
  weight: number
  signature: Signature
  target: { name: string; classes?: string[] | undefined; positive?: string | undefined }
  reader: RowReader
}

export interface PredictionRequest {
  /** Typed by the reader of the signature. */
  chunk: ColumnChunk
  /** The version that the caller insists on; else the deployment chooses. */
  version?: number | undefined
  /** What decides the version where the deployment is sticky. */
  stickyKey?: string | undefined
  trace: RequestTrace
  /** Aborted when the caller is gone. */
  signal?: AbortSignal | undefined
  /** `performance.now()` when the request was accepted, for latency. */
  receivedAt: number
}

export interface RequestTrace {
  requestId: string
  /** W3C trace context of the answer. */
  traceparent: string
}

export interface PredictionAnswer {
  model: string
  version: number
  isFallback: boolean
  /** Columns of the graph's outputs: `label`, `probabilities`, `value`. */
  outputs: OutputColumns
  /** One a row. */
  predictionIds: readonly string[]
}

/** What is wrong with a value of a request. `row` counts from 0. */
export interface FieldProblem {
  row: number
  field: string
  message: string
}

/** Reads what callers send by the very rules by which the training file was read. */
export interface RowReader {
  /** JSON objects, one a row. What is left out is null. */
  readObjects(rows: readonly unknown[]): ColumnChunk | readonly FieldProblem[]
  /** Values by column, one array a column, all of one length. */
  readColumns(
    columns: Readonly<Record<string, ArrayLike<unknown>>>,
    rows: number,
  ): ColumnChunk | readonly FieldProblem[]
}
