import type { ArtifactKind } from '../core/artifacts.ts'
import type { ErrorReport } from '../core/errors.ts'

export const stepStates = ['queued', 'running', 'cached', 'done', 'failed', 'skipped', 'cancelled'] as const
export type StepState = (typeof stepStates)[number]

/** A reference to an artifact at an output port. */
export interface StepOutput {
  kind: ArtifactKind
  hash: string
  rows?: number
}

export interface StepRecord {
  runId: string
  nodeId: string
  nodeType: string
  state: StepState
  /** Null as long as the key is not known (an input has not run). */
  key: string | null
  /** What the key was made of, as JSON: the engine's to write and to read. */
  ingredients: unknown
  /** Why the step ran, or did not, as JSON: the engine's to write and to read. */
  reason: unknown
  /** Epoch ms. */
  startedAt: number | null
  finishedAt: number | null
  error: ErrorReport | null
  outputs: Readonly<Record<string, StepOutput>>
  metrics: Readonly<Record<string, number>>
  attempts: number
}

export interface Steps {
  /** Writes the step of a run, or overwrites it; its metrics become those of the run. */
  save(step: StepRecord): void
  get(options: { runId: string; nodeId: string }): StepRecord | null
  ofRun(runId: string): StepRecord[]
  /** The node's last `done` or `cached` step in an earlier run of the pipeline: what reasons are worded against. */
  previousOfNode(options: { pipelineId: string; nodeId: string; beforeRunId: string }): StepRecord | null
}
