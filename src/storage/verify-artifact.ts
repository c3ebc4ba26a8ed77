import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { PipewrightError } from '../core/errors.ts'
import { sha256OfFile } from '../files/sha256.ts'
import { artifactError, artifactFolder, readManifest } from './artifact-folders.ts'

/** Whether an artifact's files are all there in their full length: quick, and enough to trust a cached result. */
export async function isWhole(root: string, hash: string): Promise<boolean> {
  const folder = artifactFolder(root, hash)
  try {
    const { manifest } = await readManifest(folder, hash)
    for (const [name, { sizeBytes }] of Object.entries(manifest.files))
      if ((await stat(join(folder, name))).size !== sizeBytes) return false
    return true
  } catch (error) {
    if (error instanceof PipewrightError || (error as NodeJS.ErrnoException).code === 'ENOENT') return false
    throw error
  }
}

/** Reads every byte of an artifact; throws `artifact.missing` or `artifact.damaged`. */
export async function verifyArtifact(options: {
  root: string
  hash: string
  /** Of the manifest, as the database has it. */
  manifestSha256: string
}): Promise<void> {
  const { root, hash, manifestSha256 } = options
  const folder = artifactFolder(root, hash)
  const found = await readManifest(folder, hash)
  if (found.manifestSha256 !== manifestSha256) throw artifactError('damaged', { hash, file: 'manifest.json' })
  for (const [file, { sha256 }] of Object.entries(found.manifest.files)) {
    const actual = await sha256OfFile(join(folder, file)).catch((cause: unknown) => {
      throw artifactError('damaged', { hash, file }, { cause })
    })
    if (actual.sha256 !== sha256) throw artifactError('damaged', { hash, file })
  }
}

/** The file that is missing or damaged, or null for an artifact that is as it was written. */
export async function findDamage(options: Parameters<typeof verifyArtifact>[0]): Promise<string | null> {
  try {
    await verifyArtifact(options)
    return null
  } catch (error) {
    if (!(error instanceof PipewrightError)) throw error
    return String(error.values['file'] ?? 'manifest.json')
  }
}
