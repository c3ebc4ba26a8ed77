import type { ColumnType } from '../core/columns.ts'

/** Rows that were answered together, of one request. */
export interface LoggedAnswers {
  model: string
  version: number
  /** Hash of the model artifact; empty for an answer that no model gave. */
  artifact: string
  role: 'live' | 'canary' | 'shadow' | 'fallback'
  /** Epoch ms of the answer. */
  time: number
  latencyMs: number
  requestId: string
  /** One a row. */
  predictionIds: readonly string[]
  /** As the model got them: float64 with NaN for null, texts with '' for null. Columns that are never logged are missing. */
  inputs: Readonly<Record<string, { type: ColumnType; values: Float64Array | string[] }>>
  /** By the outputs of the model; `probabilities` row by row. */
  outputs: Readonly<Record<string, Float32Array | Float64Array | string[]>>
}

/** What was said about an answer: the truth, or whether it was right, or how good it was. */
export interface SaidOfAnswer {
  predictionId: string
  /** Epoch ms of the answer. */
  answeredAt: number
  label?: string | number | boolean | undefined
  isRight?: boolean | undefined
  /** From 0 to 1. */
  score?: number | undefined
  /** What was said before is taken back. */
  isRetracted?: true | undefined
  /** Epoch ms of when it was said. */
  time: number
}

/** The log of a deployment, as far as it was written when the run was planned. */
export interface DeploymentLog {
  /** Hash of the model artifact that answers: of the first live version. */
  model: string
  /** Segment by segment in the order of their beginnings, without what is older than `from`, epoch ms. */
  answers(options?: { from?: number }): AsyncIterable<LoggedAnswers>
  feedback(): AsyncIterable<SaidOfAnswer>
}

/** What endpoints have answered, as a runner may read it. */
export interface PredictionLogs {
  /** Of a deployment that the definition of the node names; null where it, or the model that it answers with, is not there. */
  open(deployment: string): DeploymentLog | null
}
