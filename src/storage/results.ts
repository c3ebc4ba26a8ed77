import type { Effect } from '../node-kit/run-context.ts'
import type { StepOutput } from './steps.ts'

/** The outcome of a step by its key: what the cache answers. */
export interface ResultRecord {
  key: string
  nodeType: string
  outputs: Readonly<Record<string, StepOutput>>
  metrics: Readonly<Record<string, number>>
  effects: readonly Effect[]
  /** What the runner logged, as JSON: shown again when the step is cached. */
  notes: readonly unknown[]
  durationMs: number
  /** Epoch ms. */
  createdAt: number
}

export interface Results {
  /** The record alone; `ArtifactStore.cached` also looks whether its artifacts are still there. */
  get(key: string): ResultRecord | null
  /** Lets the next run repeat a step; returns how many results were forgotten. */
  forget(which: { key: string } | { pipelineId: string; nodeId: string } | { artifact: string }): number
}
