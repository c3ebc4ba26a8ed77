import type { StoredArtifact } from './artifact-folders.ts'
import type { Stored } from './events.ts'
import type { ResultRecord } from './results.ts'
import type { StepRecord } from './steps.ts'

/** A step's end, recorded in one transaction: all of it or nothing. */
export interface StepCommit<Event extends { readonly event: string }> {
  step: StepRecord
  /** What the cache shall know; absent for a failure, which is never cached, and for a step taken from the cache. */
  result?: ResultRecord
  /** The artifacts the step wrote, in order, already in place in the store. */
  artifacts: readonly StoredArtifact[]
  events: readonly Event[]
  /** Epoch ms. */
  now: number
}

export type CommitStep = <Event extends { readonly event: string }>(
  commit: StepCommit<Event>,
) => Stored<Event>[]
