import type { Signature } from '../core/artifacts.ts'
import type { StickyKeys } from './traffic/sticky-keys.ts'
import type { OutputColumns } from '../onnx/session.ts'
import type { ColumnChunk } from '../tables/column-chunk.ts'
import type { RowReader } from '../tables/row-reader.ts'

export type { FieldProblem, RowReader } from '../tables/row-reader.ts'

/** The one way to an answer: every protocol turns what it is sent into typed columns and asks this. */
export interface PredictionHandler {
  readonly name: string
  /** What is served now; the first live one speaks for the endpoint where a protocol asks for one signature. */
  readonly versions: readonly ServedModel[]
  /** A column, or `header:NAME`, that decides which version answers; null where chance does. */
  readonly stickyBy: string | null
  /**
   * Throws `server` errors: `busy`, `timeout`, `model-failed`, `unknown-version`, `mixed-versions`, `stopping`, and
   * `gone` when the signal is aborted.
   */
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
  stickyKeys?: StickyKeys | undefined
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
  /** Of the first row; 0 for a fallback that is no model. */
  version: number
  /** One a row, where not all of them are `version`. */
  rowVersions?: readonly number[] | undefined
  isFallback: boolean
  /** Columns of the graph's outputs: `label`, `probabilities`, `value`. */
  outputs: OutputColumns
  /** One a row. */
  predictionIds: readonly string[]
}
