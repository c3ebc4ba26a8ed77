import type { Artifact, ArtifactDataByKind, ArtifactKind, PortType } from '../core/artifacts.ts'
import type { TestComparison } from '../core/compare-on-test.ts'
import type { DeploymentSpec } from '../core/deployment.ts'
import type { ErrorReport, ErrorValues } from '../core/errors.ts'
import type { MonitorSpec } from '../core/monitor.ts'
import type { RetrainingPolicy } from '../core/retraining.ts'
import type { PredictionLogs } from './prediction-logs.ts'

/** The part of AbortSignal that runners use. */
export interface CancelSignal {
  readonly aborted: boolean
  throwIfAborted(): void
}

export interface Progress {
  /** Between 0 and 1. */
  share?: number
  rows?: number
  /** What is being done right now: “boosting round 40 of 100”. */
  note?: string
}

/** Reads artifacts of the inputs and writes those of the outputs. */
export interface ArtifactAccess {
  /** The folder that holds the files of a stored artifact, or of one this step has written. */
  folder(hash: string): string
  read<Kind extends ArtifactKind>(kind: Kind, hash: string): Promise<Artifact<Kind>>
  /** A new, empty folder to write an artifact's files into. */
  stage(): Promise<string>
  /** Hands over a finished artifact; the engine commits all of a step's together. An equal one may be there already. */
  write<Kind extends ArtifactKind>(artifact: {
    kind: Kind
    hash: string
    data: ArtifactDataByKind[Kind]
    refs: readonly string[]
    /** The staged folder with its files; absent for an artifact that is data alone. */
    folder?: string
  }): Promise<Artifact<Kind>>
}

/**
 * Something a step did, or relied on, outside the pipeline. The engine skips the step only while each still holds.
 * `used-model` is noted by the engine itself, where a runner asks for a registered model.
 */
export type Effect =
  | { kind: 'file'; path: string; sha256: string; sizeBytes: number }
  | { kind: 'registered-model'; model: string; version: number; artifact: string }
  | { kind: 'used-model'; reference: string; artifact: string }
  /** The wish for an endpoint, by its hash; `isOn` null: whether it is on is left to others. */
  | { kind: 'deployment'; name: string; wish: string; isOn: boolean | null }
  /** The wish for retraining, by its hash. */
  | { kind: 'retraining'; deployment: string; wish: string }
  /** The wish for a monitor, by its hash. */
  | { kind: 'monitor'; deployment: string; wish: string }
  /** It holds for ever, but for a failure, which is told of again. */
  | { kind: 'notification'; message: string; isOfFailure: boolean }

/** Aliases stay with versions that are better by a metric of their evaluation, else by a usual one. */
export interface PromotionRule {
  metric: string | null
  /** The alias that a worse version gets instead. */
  otherwise: string
}

/** What became of an alias that was to be moved to a version. */
export interface AliasOutcome {
  alias: string
  /** The version that had it; null where none had. */
  from: number | null
  moved: boolean
  /** With the version that had it; null where there is none, or nothing to compare by. */
  compared: TestComparison | null
}

/** The registry, as a runner may use it. */
export interface ModelRegistration {
  register(request: {
    model: string
    artifact: Artifact<'model'>
    aliases: readonly string[]
    description?: string
    /** Without it aliases are moved in any case. */
    unlessWorse?: PromotionRule
  }): Promise<{ model: string; version: number; created: boolean; aliases: readonly AliasOutcome[] }>
  /** The model behind `name`, `name@alias` or `name:version`. */
  resolve(reference: string): Promise<Artifact<'model'>>
  /** As `resolve`, with the version that is meant. */
  resolveVersion(reference: string): Promise<{ model: string; version: number; artifact: Artifact<'model'> }>
}

/** The endpoints of the workspace, as a runner may wish for them. */
export interface DeploymentWishes {
  /**
   * Makes an endpoint as it is wished for; one that is so already is not touched. `isOn` null leaves the switch as it is:
   * off at first. It starts in the app, in studio or in serve, once the step has ended.
   */
  apply(request: {
    spec: DeploymentSpec
    isOn: boolean | null
  }): Promise<{ name: string; changed: boolean; isOn: boolean }>
}

/** The retraining of the workspace's deployments, as a runner may wish for it. */
export interface RetrainingWishes {
  /** Makes it as it is wished for, with the pipeline of this run; one that is so already is not touched. */
  apply(policy: RetrainingPolicy): Promise<{ changed: boolean; isOn: boolean }>
}

/** What is watched of the workspace's deployments, as a runner may wish for it. */
export interface MonitorWishes {
  /** From now on, whether there is such a deployment yet or not. */
  apply(request: { deployment: string; spec: MonitorSpec }): Promise<{ changed: boolean }>
}

/** A run of a sub-pipeline inside the step. */
export interface ItemRequest {
  /** Its name among the items of the step, such as a file or a group; each is run once. */
  item: string
  /** By the names of the inputs of the sub-pipeline. */
  inputs: Readonly<Record<string, Artifact<PortType>>>
  /** Values of its parameters. */
  parameters: Readonly<Record<string, string | number | boolean>>
}

/** What came of an item: what each output of the sub-pipeline gave, or the first error. */
export type ItemOutcome =
  | { kind: 'done'; outputs: Readonly<Record<string, Artifact<PortType>>> }
  | { kind: 'failed'; error: ErrorReport }

/** What a runner gets beside inputs and parameters. */
export interface RunContext<Failure extends string = string> {
  node: string
  /** The nodes that feed each `many` port, in the order of the edges: they are part of the step's key. */
  feeds: Readonly<Record<string, readonly string[]>>
  /** What failed and is missing at inputs that accept a failure. */
  failed: readonly { node: string; message: string }[]
  /** Of the pipeline; the same for every node, so a node mixes in what tells its uses apart. */
  seed: number
  signal: CancelSignal
  /** How many threads, and how much memory, the step may use. */
  threads: number
  memoryMb: number
  /** A scratch folder, deleted after the step. */
  workFolder: string
  artifacts: ArtifactAccess
  models: ModelRegistration
  deployments: DeploymentWishes
  retraining: RetrainingWishes
  monitors: MonitorWishes
  predictionLogs: PredictionLogs
  /**
   * Runs the sub-pipeline that the node names, for one item; several at a time, as the budget of the host allows. Its
   * steps are steps of the run, each with a result of its own. While it waits the step lends out its own threads. What
   * it has written so far is kept, since the items may need it. Rejects when the run is cancelled.
   */
  runItem(request: ItemRequest): Promise<ItemOutcome>
  /** The secret that a parameter names, as `secret:name`; any other text is given back. Nothing may show it. */
  readSecret(text: string): Promise<string>
  /** The absolute path of a file that a parameter names: relative paths are relative to the pipeline file. */
  resolvePath(path: string): string
  progress(progress: Progress): void
  log(level: 'info' | 'warning', message: string, values?: ErrorValues): void
  /** Tells of a change outside the pipeline, so that the engine can see later whether it still holds. */
  effect(effect: Effect): void
  /** `outputs` are kept with the failed step: the report of a failed check. */
  fail(
    code: Failure,
    values?: ErrorValues,
    options?: { param?: string; cause?: unknown; outputs?: Readonly<Record<string, Artifact>> },
  ): never
}
