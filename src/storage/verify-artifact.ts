import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { PipewrightError } from '../core/errors.ts'
import { sha256OfFile } from '../files/sha256.ts'
import {
  artifactFolder,
  isGone,
  manifestName,
  readManifest,
  type StoredArtifact,
} from './artifact-folders.ts'

/** Whether an artifact's files are all there in their full length: quick, and enough to trust a cached result. */
export async function isWhole(root: string, hash: string): Promise<boolean> {
  const folder = artifactFolder(root, hash)
  const found = await manifestOrNull(folder, hash)
  if (!found) return false
  try {
    for (const [name, { sizeBytes }] of Object.entries(found.manifest.files))
      if ((await stat(join(folder, name))).size !== sizeBytes) return false
    return true
  } catch (error) {
    if (isGone(error)) return false
    throw error
  }
}

/**
 * Reads every byte of an artifact; gives the file that is missing or damaged, or null where all is as it was written.
 * `manifestSha256` is what the database has.
 */
export async function findDamage(options: {
  root: string
  hash: string
  manifestSha256: string
}): Promise<string | null> {
  const { root, hash, manifestSha256 } = options
  const folder = artifactFolder(root, hash)
  const found = await manifestOrNull(folder, hash)
  if (found?.manifestSha256 !== manifestSha256) return manifestName
  for (const [file, { sha256 }] of Object.entries(found.manifest.files))
    if ((await sha256OrNull(join(folder, file))) !== sha256) return file
  return null
}

async function manifestOrNull(folder: string, hash: string): Promise<StoredArtifact | null> {
  try {
    return await readManifest(folder, hash)
  } catch (error) {
    if (error instanceof PipewrightError) return null
    throw error
  }
}

async function sha256OrNull(path: string): Promise<string | null> {
  try {
    return (await sha256OfFile(path)).sha256
  } catch (error) {
    // A sector that cannot be read is damage; too many open files, say, are none.
    if (isGone(error) || (error as NodeJS.ErrnoException).code === 'EIO') return null
    throw error
  }
}
