import type { PortType } from '../core/artifacts.ts'
import type { Column } from '../core/columns.ts'
import type { DeploymentSpec } from '../core/deployment.ts'
import type { ErrorEntry, ErrorReport } from '../core/errors.ts'
import type { MonitorSpec } from '../core/monitor.ts'
import type { RetrainingPolicy } from '../core/retraining.ts'
import type { AliasOutcome, Effect, Progress, PromotionRule } from '../node-kit/run-context.ts'
import type { InputShapes, Shapes } from '../node-kit/propagation.ts'
import type { StagedArtifact } from '../storage/artifact-folders.ts'
import type { LogState } from '../storage/log-state.ts'
import type { StepOutput } from '../storage/steps.ts'
import type { StepNote } from './run-events.ts'

/** Everything a step worker must know to do one thing; all of it JSON. */
export interface Job {
  kind: 'run' | 'probe'
  node: string
  type: string
  params: unknown
  /** The errors that the definition declares for its runner. */
  failures: Readonly<Record<string, ErrorEntry>>
  inputs: Readonly<Record<string, JobInput>>
  /** Of a probe: what is known of the inputs. */
  shapes?: InputShapes
  feeds: Readonly<Record<string, readonly string[]>>
  /** Of the deployments whose log it reads; null where there is none. */
  logs?: Readonly<Record<string, LogState | null>>
  /** What failed before it, where it goes on without. */
  failed: readonly { node: string; message: string }[]
  seed: number
  threads: number
  memoryMb: number
  folders: {
    /** Artifact stores to read from; the first that has an artifact counts. */
    artifacts: readonly string[]
    /** Where artifacts wait to be committed. */
    staging: string
    work: string
    /** Of the pipeline file. */
    base: string
  }
}

export interface JobInput {
  many: boolean
  kind: PortType
  hashes: readonly string[]
}

/** An output as the host needs to know it; the rest is in its manifest. */
export interface JobOutput extends StepOutput {
  /** Of a table. */
  columns?: readonly Pick<Column, 'name' | 'type'>[]
}

/** What a worker is asked to call in its host. */
export interface HostCalls {
  'models.register': (request: {
    model: string
    artifact: string
    aliases: readonly string[]
    description?: string
    unlessWorse?: PromotionRule
  }) => { model: string; version: number; created: boolean; aliases: readonly AliasOutcome[] }
  /** `artifact` is the hash of the model artifact. */
  'models.resolve': (request: { reference: string }) => { artifact: string; model: string; version: number }
  /** What a secret is that the parameters of the step name. */
  'secrets.read': (request: { name: string }) => Promise<{ value: string }>
  /** As `DeploymentWishes`; also gives the hash of the wish. */
  'deployments.apply': (request: {
    spec: DeploymentSpec
    isOn: boolean | null
  }) => Promise<{ name: string; changed: boolean; isOn: boolean; wish: string }>
  /** As `RetrainingWishes`; also gives the hash of the wish. */
  'retraining.apply': (request: { policy: RetrainingPolicy }) => {
    changed: boolean
    isOn: boolean
    wish: string
  }
  /** As `MonitorWishes`; also gives the hash of the wish. */
  'monitors.apply': (request: { deployment: string; spec: MonitorSpec }) => { changed: boolean; wish: string }
  'items.run': (request: {
    item: string
    inputs: Readonly<Record<string, ItemArtifact>>
    parameters: Readonly<Record<string, string | number | boolean>>
    /** What the step has written so far. */
    written: readonly StagedArtifact[]
  }) => Promise<
    { kind: 'done'; outputs: Readonly<Record<string, ItemArtifact>> } | { kind: 'failed'; error: ErrorReport }
  >
}

interface ItemArtifact {
  kind: PortType
  hash: string
}

export type HostMessage =
  | { kind: 'job'; id: number; job: Job }
  | { kind: 'cancel'; id: number }
  | { kind: 'reply'; call: number; value: unknown }
  | { kind: 'refusal'; call: number; error: ErrorReport; retryable: boolean }

export type WorkerMessage =
  | { kind: 'progress'; id: number; progress: Progress }
  | { kind: 'note'; id: number; note: StepNote }
  | { kind: 'call'; id: number; call: number; method: keyof HostCalls; request: unknown }
  | { kind: 'end'; id: number; end: JobEnd }

/** What a job left in staging, to be committed with it. */
interface Leavings {
  outputs: Readonly<Record<string, JobOutput>>
  written: readonly StagedArtifact[]
  metrics: Readonly<Record<string, number>>
}

export type JobEnd =
  | ({ kind: 'done'; effects: readonly Effect[] } & Leavings)
  /** Null where the node type cannot be probed. */
  | { kind: 'probed'; shapes: Shapes | null }
  /** `details` are for the log: the stack. Outputs are those that the runner wants kept. */
  | ({ kind: 'failed'; error: ErrorReport; retryable: boolean; details: string } & Leavings)
  | { kind: 'cancelled' }
