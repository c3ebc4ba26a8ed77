import type { CheckResult } from '../checks/check-pipeline.ts'
import type { ErrorReport } from '../core/errors.ts'
import type { Finding } from '../core/finding.ts'
import type { Pipeline } from '../core/pipeline.ts'
import type { AnyNodeDefinition } from '../node-kit/define-node.ts'
import type { Shapes } from '../node-kit/propagation.ts'
import type { Workspace } from '../storage/open-workspace.ts'
import type { Budget } from './budget.ts'
import type { RunComparison, StepWhy } from './compare-runs.ts'
import type { PlannedStep } from './plan-run.ts'
import type { Reproduction } from './reproduce-run.ts'
import type { RunEvent, RunSummary } from './run-events.ts'
import type { RunnerFingerprints } from './runner-fingerprint.ts'
import type { SpawnWorker } from './worker-process.ts'

export interface EngineOptions {
  workspace: Workspace
  definitions: readonly AnyNodeDefinition[]
  fingerprints: RunnerFingerprints
  spawnWorker: SpawnWorker
  /** What steps may use together; by default all cores, and 60 % of the memory. */
  budget?: Partial<Budget>
}

/** A pipeline with what it takes to understand it. */
export interface PipelineSource {
  pipeline: Pipeline
  /** Absolute path of the pipeline file; it need not be saved there yet. */
  path: string
  /** Values of the pipeline's parameters, as texts. */
  parameters?: Readonly<Record<string, string>>
}

export interface RunRequest extends PipelineSource {
  /** Only these nodes and what they need. */
  to?: readonly string[]
  /** Only these nodes, which run whether or not something changed, what follows them, and what all that needs. */
  from?: readonly string[]
}

export interface RunHandle {
  id: string
  /** Stored events after a sequence number (all of them by default), then live ones up to `run-finished`. */
  events(options?: { after?: number; signal?: AbortSignal }): AsyncIterable<RunEvent>
  /** Steps get 2 s to stop by themselves. The run ends as `cancelled`. */
  cancel(): void
  /** Never rejects on account of a step. */
  finished: Promise<RunSummary>
}

export interface Engine {
  /** Probes the sources (in a step worker, unless they were probed before) and checks the document. */
  check(source: PipelineSource): Promise<CheckResult>
  /** What a run would do now, step by step. Starts no worker, writes nothing. */
  plan(request: RunRequest): Promise<readonly PlannedStep[]>
  /** Checks, then runs; errors in the part that is asked for refuse the run. `findings` also has the warnings. */
  startRun(
    request: RunRequest,
  ): Promise<{ run: RunHandle; findings: readonly Finding[] } | { refused: readonly Finding[] }>
  /** A run in progress in this engine. */
  running(id: string): RunHandle | undefined
  /** Events of any run of the workspace, live where it is in progress. */
  events(id: string, options?: { after?: number; signal?: AbortSignal }): AsyncIterable<RunEvent>
  /** Shapes of the outputs of each source, or why it could not be read. */
  probeSources(
    source: PipelineSource,
  ): Promise<ReadonlyMap<string, { shapes: Shapes } | { failure: ErrorReport }>>
  /** Runs the document of a stored run again, without the cache and without effects, and compares every hash. */
  reproduce(options: { run: string; threads?: number; signal?: AbortSignal }): Promise<Reproduction>
  why(options: { run: string; node?: string }): readonly StepWhy[]
  compare(options: { before: string; after: string }): RunComparison
  /** Cancels what is in progress and ends the workers. The workspace stays open. */
  close(): Promise<void>
}

export declare function openEngine(options: EngineOptions): Engine
