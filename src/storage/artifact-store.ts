import type { ArtifactFolders, StagedArtifact } from './artifact-folders.ts'
import type { StepCommit } from './commit-step.ts'
import type { Stored } from './events.ts'
import type { ResultRecord } from './results.ts'

export interface GarbageOptions {
  /** Of each pipeline, the outputs of this many of its latest runs are kept. */
  keepRuns: number
  /** Only tells what would be removed. */
  dryRun: boolean
}

export interface GarbageReport {
  removed: { count: number; sizeBytes: number }
  kept: { count: number; sizeBytes: number }
}

/** The host's hold on artifacts and what the database knows of them. */
export interface ArtifactStore {
  /** As in `ArtifactAccess`, of what is committed. */
  read: ArtifactFolders['read']
  folder: ArtifactFolders['folder']
  /** Moves a step's artifacts into place, durably, then records its end in one transaction; gives its events back. */
  commitStep<Event extends { readonly event: string }>(
    commit: Omit<StepCommit<Event>, 'artifacts'> & { artifacts: readonly StagedArtifact[] },
  ): Promise<Stored<Event>[]>
  /**
   * The result of a key if all its artifacts are there; one whose artifacts are missing or cut is forgotten. Asked
   * during a run (after `runs.create`), the answer is safe from garbage collection until no run is in flight.
   */
  cached(key: string): Promise<ResultRecord | null>
  /** Reads all bytes of all artifacts; drops damaged ones and forgets the results that need them. */
  verify(): Promise<{ checked: number; damaged: { hash: string; file: string }[] }>
  collectGarbage(options: GarbageOptions): Promise<GarbageReport>
}
