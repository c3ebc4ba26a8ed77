import type { Json } from '../core/pipeline.ts'
import type { RetrainingPolicy } from '../core/retraining.ts'

export const jobSteps = ['train', 'judge', 'trial', 'approve', 'promote', 'probation'] as const
export type JobStep = (typeof jobSteps)[number]
export type JobOutcome = 'promoted' | 'rejected' | 'rolled-back' | 'abandoned' | 'cancelled'
export type JobCause = 'labels' | 'drift' | 'quality' | 'schedule' | 'hand'

/** One attempt at a better model. Times are epoch ms. */
export interface JobRecord {
  number: number
  deployment: string
  cause: JobCause
  causeReason: string
  askedBy: string | null
  policy: RetrainingPolicy
  path: string
  document: string
  parameters: Readonly<Record<string, string>>
  /** What is done next; `end` when there is nothing any more. */
  step: JobStep | 'end'
  outcome: JobOutcome | null
  reason: string
  championVersion: number | null
  championArtifact: string | null
  challengerVersion: number | null
  challengerArtifact: string | null
  /** What one step leaves to those after it. */
  memory: JobMemory
  startedAt: number
  finishedAt: number | null
}

export interface JobMemory {
  /** How often the step that goes on was begun anew. */
  tries?: number
  /** How somebody has decided, before the step that waits for it has seen it. */
  decision?: { isApproved: boolean; who: string; note: string }
  /** The request for production that was put forward. */
  promotion?: number
  /** Quality before the promotion, by metric. */
  qualityBefore?: Readonly<Record<string, number>>
}

export interface JobStepRecord {
  job: number
  number: number
  step: JobStep
  state: 'running' | 'done' | 'failed'
  reason: string
  details: Readonly<Record<string, Json>>
  run: string | null
  startedAt: number
  finishedAt: number | null
}

/** What becomes of a job. `from` is the step that it must be at: elsewhere nothing happens. */
export interface Advance {
  job: number
  from: JobStep
  to: JobStep | 'end'
  /** With `to: 'end'`. */
  outcome?: JobOutcome
  /** Why, in words. */
  reason: string
  state?: 'done' | 'failed'
  details?: Readonly<Record<string, Json>>
  memory?: JobMemory
  challenger?: { version: number; artifact: string }
  /** Done in the same transaction. */
  also?: () => void
  now: number
}
