import type {
  LabelImport,
  LabellingQueue,
  LabelMatch,
  Ranking,
  Votes,
} from '../../contract/labelling-contract.ts'
import type { FeedbackEntry } from '../../contract/prediction-log-contract.ts'
import type { ErrorReport } from '../../core/errors.ts'
import type { LabellingFunction } from '../../core/labelling-function.ts'

/** What a deployment answered, and with which models it is read. */
export interface LoggedDeployment {
  name: string
  /** Of its log. */
  folder: string
  /** Of the artifact store. */
  artifacts: string
  /** Hash of the model that answers first. */
  model: string
  shadows: readonly { model: string; version: number; artifact: string }[]
}

/** A label, and the rows of the file that it stands in, from 1. */
export interface LabelOfRow {
  rows: readonly number[]
  entry: Pick<FeedbackEntry, 'predictionId' | 'label'>
}

export type LeftRow = LabelImport['first'][number]

/** What the thread of labelling is asked for, and answers. */
export interface LabellingCalls {
  queue(request: {
    log: LoggedDeployment
    rankBy: Ranking
    limit: number
    newest: number
  }): Promise<LabellingQueue>
  match(request: {
    log: LoggedDeployment
    path: string
    match: LabelMatch
    label: string
    /** A scratch folder. */
    work: string
  }): Promise<{ rows: number; labels: LabelOfRow[]; left: LeftRow[] }>
  vote(request: {
    log: LoggedDeployment
    functions: readonly LabellingFunction[]
    newest: number
  }): Promise<Votes>
  /** What the label model is sure enough of, for rows without a label. */
  surelyVoted(request: {
    log: LoggedDeployment
    functions: readonly LabellingFunction[]
    newest: number
    atLeast: number
  }): Promise<{ labels: { predictionId: string; label: string; probability: number }[] }>
}

export interface LabellingRequest {
  call: number
  method: keyof LabellingCalls
  request: unknown
}

export type LabellingAnswer =
  | { call: number; value: unknown }
  | { call: number; error: ErrorReport; details: string }
