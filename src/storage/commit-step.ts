import type { StoredArtifact } from './artifact-folders.ts'
import type { ArtifactRecords } from './artifact-records.ts'
import type { Events, Stored } from './events.ts'
import type { ResultRecord, Results } from './results.ts'
import type { Sql } from './sql.ts'
import type { StepRecord, Steps } from './steps.ts'

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

export function createCommitStep(
  sql: Sql,
  {
    steps,
    events,
    results,
    artifacts,
  }: {
    steps: Steps
    events: Events
    results: Results
    artifacts: ArtifactRecords
  },
): CommitStep {
  return (commit) =>
    sql.transaction(() => {
      for (const artifact of commit.artifacts) artifacts.put(artifact, { now: commit.now })
      if (commit.result) results.put(commit.result)
      steps.save(commit.step)
      return events.append(commit.step.runId, commit.events)
    })
}
