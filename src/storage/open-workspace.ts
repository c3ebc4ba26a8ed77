import type { ArtifactStore } from './artifact-store.ts'
import type { Tracking } from './open-tracking.ts'
import type { LockHolder } from './workspace-lock.ts'
import type { WorkspacePaths } from './workspace-paths.ts'

/** What the one host of a workspace holds. */
export interface Workspace {
  paths: WorkspacePaths
  tracking: Tracking
  artifacts: ArtifactStore
  /** Closes the database and gives the lock back. */
  close(): void
}

/**
 * Makes this process the host of a workspace: creates `.pipewright`, takes the lock, migrates the database,
 * removes what dead hosts left in staging and marks their runs as interrupted. `heldBy` when another host lives.
 */
export declare function openWorkspace(
  folder: string,
): Promise<{ workspace: Workspace } | { heldBy: LockHolder }>
