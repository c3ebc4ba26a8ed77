import type { DeploymentSpec } from '../core/deployment.ts'
import type { ErrorReport } from '../core/errors.ts'

/** A version of a model as a server process loads it: the package is read from its folder, by bytes. */
export interface LoadableVersion {
  model: string
  version: number
  /** Hash and folder of the model artifact: `model.onnx`, `manifest.json`. */
  artifact: string
  folder: string
}

/** What a server process is to do from now on. A later one replaces it without a request being lost. */
export interface ServerConfiguration {
  /** Counts up with every change of the deployment. */
  revision: number
  /** Number of the deployment in its workspace, part of prediction ids. */
  deployment: number
  name: string
  versions: (LoadableVersion & { role: 'live' | 'shadow' | 'canary'; weight: number })[]
  fallback:
    | Exclude<DeploymentSpec['fallback'], { kind: 'version' }>
    | { kind: 'version'; version: LoadableVersion }
  stickyBy: string | null
  timeoutMs: number
  log: { share: number; neverLogged: string[]; folder: string }
}

/** What does not change while the process lives. */
export interface ServerStart {
  /** Which of the deployment's processes this is, from 0. */
  worker: number
  workers: number
  /** The addresses it listens at: `127.0.0.1`, or what the user gave together with a token. */
  host: string
  /** 0: any that is free; told by `listening`. */
  port: number
  /** Port of gRPC; null without. 0: any that is free. */
  grpcPort: number | null
  /** Asked of every request as `Authorization: Bearer`; null on the loopback address. */
  token: string | null
  /** Names by which callers may speak to it beside its address, such as `model.example.com:8080`. */
  allowedHosts: string[]
  /** Of the workspace, for signing prediction ids: 32 bytes in hexadecimal. */
  secret: string
  /** With it in `replayHeader` the host asks for answers that are compared, not given out: see there. */
  replayKey: string
}

/**
 * `KEY MODEL:VERSION`: that version answers `POST /predict`, whatever its role and weight, without its fallback; the
 * answer is neither logged nor counted nor copied. A wrong key is as good as no header.
 */
export const replayHeader = 'x-pipewright-replay'

export type ToServer =
  | { type: 'start'; start: ServerStart; configuration: ServerConfiguration }
  | { type: 'configure'; configuration: ServerConfiguration }
  /** No new requests; ends with `drained` once those under way are answered and logged. */
  | { type: 'drain' }
  | { type: 'statistics-of-all'; request: number; workers: ServerStatistics[]; gauges: readonly Gauge[] }

export type FromServer =
  | { type: 'listening'; port: number; grpcPort: number | null }
  | { type: 'configured'; revision: number }
  /** The configuration cannot be served; what was served before goes on. */
  | { type: 'refused'; revision: number; error: ErrorReport }
  /** Ends the process: it could not start. */
  | { type: 'failed'; error: ErrorReport }
  /** Once a second, and at the end. */
  | { type: 'statistics'; statistics: ServerStatistics }
  /** For `/metrics`: the newest statistics of all processes are wanted. */
  | { type: 'statistics-wanted'; request: number }
  | { type: 'drained' }

/** A value that the host knows of a deployment, for `/metrics`: `pipewright_NAME`. */
export interface Gauge {
  name: string
  /** What it is, in a sentence. */
  help: string
  labels: Readonly<Record<string, string>>
  value: number
}

/** Counts since the process started. Latencies are seconds in a histogram of fixed bounds. */
export interface ServerStatistics {
  worker: number
  /** Epoch ms. */
  at: number
  queueDepth: number
  residentBytes: number
  cpuSeconds: number
  /** By version of the model; a fallback's answers count as `fallback`. */
  versions: Record<string, VersionStatistics>
  /** Requests refused or failed, by reason: `bad-input`, `too-large`, `busy`, `timeout`, `model`, … */
  errors: Record<string, number>
  batches: Histogram
  shadow: Record<string, ShadowStatistics>
  log: { records: number; bytes: number; dropped: number }
}

export interface VersionStatistics {
  model: string
  version: number
  role: 'live' | 'shadow' | 'canary' | 'fallback'
  requests: number
  rows: number
  errors: number
  /** Epoch ms of its last answer; null before the first. */
  lastAt: number | null
  latency: Histogram
  /** Answers by label, or the sums of a number, for a glance at what it says. */
  labels: Record<string, number>
  value: { count: number; sum: number; sumOfSquares: number }
}

export interface ShadowStatistics {
  compared: number
  agreed: number
  dropped: number
  /** Of the difference between its number (or probability of the positive class) and the one returned. */
  difference: { count: number; sum: number; sumOfSquares: number }
}

/** `counts[i]` values at most `bounds[i]`; the last count has no bound. */
export interface Histogram {
  counts: number[]
  sum: number
}

/** Seconds, upper bounds of the latency histogram. */
export const latencyBounds = [
  0.0005, 0.001, 0.002, 0.003, 0.005, 0.0075, 0.01, 0.015, 0.02, 0.03, 0.05, 0.075, 0.1, 0.25, 0.5, 1, 2.5, 5,
  10,
]
/** Rows, upper bounds of the histogram of batches. */
export const batchBounds = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 4096]
