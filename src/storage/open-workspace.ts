import { lstatSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { reasonOfFailure } from '../files/reason-of-failure.ts'
import { openArtifactStore, type ArtifactStore } from './artifact-store.ts'
import { storageError } from './errors.ts'
import { openTracking, type Tracking } from './open-tracking.ts'
import { acquireWorkspaceLock, type LockHolder, type WorkspaceLock } from './workspace-lock.ts'
import { workspacePaths, type WorkspacePaths } from './workspace-paths.ts'

/** What the one host of a workspace holds. */
export interface Workspace {
  paths: WorkspacePaths
  tracking: Tracking
  artifacts: ArtifactStore
  /** Runs that a dead host had left running; they are marked as interrupted. */
  interruptedRuns: readonly string[]
  /** Closes the database and gives the lock back. */
  close(): void
}

/**
 * Makes this process the host of a workspace: creates `.pipewright`, takes the lock, migrates the database, marks
 * the runs of dead hosts as interrupted and removes what they left in staging. `heldBy` when another host lives.
 */
export async function openWorkspace(
  folder: string,
): Promise<{ workspace: Workspace } | { heldBy: LockHolder }> {
  const paths = workspacePaths(createFolder(folder))
  createFolders(paths)
  const answer = await acquireWorkspaceLock(paths)
  if ('heldBy' in answer) return answer
  try {
    return { workspace: openLocked(paths, answer.lock) }
  } catch (error) {
    answer.lock.release()
    throw error
  }
}

function openLocked(paths: WorkspacePaths, lock: WorkspaceLock): Workspace {
  const tracking = openTracking({ file: paths.tracking })
  try {
    const interruptedRuns = tracking.runs.markInterrupted({ now: Date.now() })
    clearStaging(paths)
    return {
      paths,
      tracking,
      artifacts: openArtifactStore({ paths, tracking }),
      interruptedRuns,
      close() {
        tracking.close()
        lock.release()
      },
    }
  } catch (error) {
    tracking.close()
    throw error
  }
}

function createFolders(paths: WorkspacePaths): void {
  for (const folder of [paths.artifacts, paths.staging, paths.logs]) createFolder(folder)
  writeUnlessThere(join(paths.root, '.gitignore'), '*\n')
  const socketFolder = dirname(paths.socket)
  if (process.platform !== 'win32' && socketFolder !== paths.root) createPrivateFolder(socketFolder)
}

function createFolder(folder: string): string {
  try {
    mkdirSync(folder, { recursive: true })
    return folder
  } catch (error) {
    throw storageError('unwritable', { file: folder, problem: reasonOfFailure(error) }, { cause: error })
  }
}

/** The folder of temporary files belongs to everybody: somebody else could have made ours, and listen there. */
function createPrivateFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const { uid, mode } = lstatSync(folder)
  if (uid !== process.getuid?.() || (mode & 0o170077) !== 0o040000)
    throw storageError('socket-folder-unsafe', { folder })
}

function writeUnlessThere(path: string, text: string): void {
  try {
    writeFileSync(path, text, { flag: 'wx' })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
}

function clearStaging(paths: WorkspacePaths): void {
  try {
    rmSync(paths.staging, { recursive: true, force: true, maxRetries: 3 })
  } catch {
    // Windows keeps files that a dying worker still has open; the next host removes them.
  }
  createFolder(paths.staging)
}
