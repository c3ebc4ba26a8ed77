import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { artifactFolder } from './artifact-folders.ts'
import { removeFolder } from './commit-artifact.ts'
import type { Tracking } from './open-tracking.ts'

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

/**
 * Removes artifacts that nothing needs (see `ArtifactRecords.unneeded`), with the cached results that give them, and
 * folders that never were recorded because their host died. Nothing may be committed meanwhile.
 */
export async function collectGarbage(
  options: GarbageOptions & {
    root: string
    trash: string
    tracking: Tracking
    keys: Iterable<string>
    held: Iterable<string>
  },
): Promise<GarbageReport> {
  const { root, trash, tracking, keepRuns, keys, held, dryRun } = options
  const all = tracking.artifacts.size()
  const unneeded = tracking.artifacts.unneeded({ keepRuns, keys, held })
  const unrecorded = await unrecordedFolders(root, tracking)
  const removedBytes = total(unneeded)
  if (!dryRun) {
    tracking.artifacts.remove(unneeded.map(({ hash }) => hash))
    const folders = [
      ...unneeded.map(({ hash }) => artifactFolder(root, hash)),
      ...unrecorded.map(({ path }) => path),
    ]
    for (const folder of folders) await removeFolder(folder, trash)
  }
  return {
    removed: { count: unneeded.length + unrecorded.length, sizeBytes: removedBytes + total(unrecorded) },
    kept: { count: all.count - unneeded.length, sizeBytes: all.sizeBytes - removedBytes },
  }
}

async function unrecordedFolders(
  root: string,
  tracking: Tracking,
): Promise<{ path: string; sizeBytes: number }[]> {
  const recorded = new Set(tracking.artifacts.list().map(({ hash }) => hash))
  const found: { path: string; sizeBytes: number }[] = []
  for (const shelf of await foldersIn(root)) {
    if (!/^[0-9a-f]{2}$/.test(shelf)) continue
    for (const hash of await foldersIn(join(root, shelf))) {
      if (recorded.has(hash)) continue
      const path = join(root, shelf, hash)
      found.push({ path, sizeBytes: await folderSize(path) })
    }
  }
  return found
}

/** Desktops leave files of their own wherever somebody looks. */
async function foldersIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true })
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name)
}

async function folderSize(folder: string): Promise<number> {
  const files = await Promise.all((await readdir(folder)).map((name) => stat(join(folder, name))))
  return files.reduce((sum, { size }) => sum + size, 0)
}

const total = (sized: readonly { sizeBytes: number }[]): number =>
  sized.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
