import type { MonitoredColumn } from '../../contract/monitoring-contract.ts'
import type { SampledModel } from '../../contract/model-sample.ts'
import type { LoggedPrediction } from '../../contract/prediction-log-contract.ts'
import type { ReportData } from '../../core/artifacts.ts'
import type { MonitorPoint, MonitorSpec, Segment } from '../../core/monitor.ts'
import type { FullWindowRecord } from '../../storage/monitors.ts'
import type { Calibration } from './expected-accuracy.ts'
import type { MeasuredQuality } from './measure-quality.ts'

/** A deployment as the thread that measures is told of it. */
export interface WatchedDeployment {
  /** Its number. */
  number: number
  /** Of its log. */
  folder: string
  spec: MonitorSpec
  /** Where samples of models are, by their hash. */
  samples: string
  /** Models of which there is no sample to be had. */
  without: Readonly<Record<string, SampledModel & { outcome: 'none' }>>
}

export interface MeasureRequest {
  deployment: WatchedDeployment
  /** Answers up to then, epoch ms: what was answered since may still be on its way into the log. */
  until: number
}

export interface MeasuredRecord {
  window: FullWindowRecord
  points: MonitorPoint[]
}

export interface Measured {
  closed: MeasuredRecord[]
  /** Windows that labels came for. */
  relabelled: MeasuredRecord[]
  /** How far was read, by version and, under the empty text, of what was said: to be stored along with the rest. */
  cursors: [version: string, position: string][]
  /** Models whose samples are to be made first. */
  wanted: string[]
  /** Windows that are being filled. */
  open: { version: string; rows: number; firstAt: number }[]
  /** Whether there is more to be measured at once. */
  isMore: boolean
}

/** What is known of the reference of a model. */
export interface ReferenceFacts {
  table: string | null
  rows: number
  heldOut: number
  isHeldOut: boolean
  quality: readonly MeasuredQuality[]
  calibration: Calibration | null
  columns: { name: string; type: MonitoredType; missing: number; reason: string | null }[]
}
type MonitoredType = (MonitoredColumn & { outcome: 'shown' })['type']

export interface WindowRequest {
  deployment: WatchedDeployment
  version: string
  from: number
}

/** What the thread that measures can be asked. */
export interface WatchCalls {
  measure: (request: MeasureRequest) => Measured
  /** Begins again from what is stored: what was measured last did not get there. */
  forget: (request: { number: number }) => null
  reference: (request: { deployment: WatchedDeployment; artifact: string }) => ReferenceFacts | null
  column: (request: WindowRequest & { column: string; segment: Segment | null }) => MonitoredColumn
  /** The newest first; null where they are no longer in the log. */
  rows: (
    request: WindowRequest & { segment: Segment | null; limit: number; after: number },
  ) => { records: LoggedPrediction[]; rows: number; next: number | null } | null
  /** Null where its rows are no longer in the log, or there is nothing to compare with. */
  report: (request: WindowRequest) => ReportData | null
}
export type WatchMethod = keyof WatchCalls

export interface WatchSetup {
  tracking: string
  secret: string
}

export interface ToWatch {
  id: number
  method: WatchMethod
  request: unknown
}

export type FromWatch = { id: number; value: unknown } | { id: number; problem: string }
