import { randomUUID } from 'node:crypto'
import { mkdir, readdir, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { syncFile, syncFolder } from '../files/sync-to-disk.ts'
import {
  artifactFolder,
  isGone,
  readManifest,
  type StagedArtifact,
  type StoredArtifact,
} from './artifact-folders.ts'
import { isWhole } from './verify-artifact.ts'

/** Flushes a staged artifact to disk. May run beside other work; `commitArtifact` may not. */
export async function syncStaged({ folder }: StagedArtifact): Promise<void> {
  const files = await readdir(folder)
  await Promise.all([...files.map((name) => syncFile(join(folder, name))), syncFolder(folder)])
}

/** Moves a synced artifact into the store, durably. An equal one that is there already wins, if it is whole. */
export async function commitArtifact(
  { hash, folder }: StagedArtifact,
  { root, trash }: { root: string; trash: string },
): Promise<StoredArtifact> {
  const target = artifactFolder(root, hash)
  if (await isWhole(root, hash)) {
    await rm(folder, { recursive: true, force: true })
  } else {
    await removeFolder(target, trash)
    const isNew = (await mkdir(dirname(target), { recursive: true })) !== undefined
    await rename(folder, target)
    await Promise.all([syncFolder(dirname(target)), isNew && syncFolder(root)])
  }
  return readManifest(target, hash)
}

/** Takes a folder out of the store at one stroke, then deletes its files, which may take a while. */
export async function removeFolder(folder: string, trash: string): Promise<void> {
  const moved = join(trash, `trash-${randomUUID()}`)
  try {
    await rename(folder, moved)
  } catch (error) {
    if (isGone(error)) return
    throw error
  }
  await rm(moved, { recursive: true, force: true })
}
