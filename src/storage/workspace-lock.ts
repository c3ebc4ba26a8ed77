import type { WorkspacePaths } from './workspace-paths.ts'

export interface WorkspaceLock {
  release(): void
}

/** Who holds the workspace; both null while that host has not yet written its name. Times are epoch ms. */
export interface LockHolder {
  pid: number | null
  startedAt: number | null
}

export declare function acquireWorkspaceLock(
  paths: WorkspacePaths,
): Promise<{ lock: WorkspaceLock } | { heldBy: LockHolder }>
