import { randomUUID } from 'node:crypto'
import { mkdir, open, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { AnyArtifact, Artifact, ArtifactKind } from '../core/artifacts.ts'
import { defineErrors } from '../core/errors.ts'
import type { ArtifactAccess } from '../node-kit/run-context.ts'
import { sha256OfFile } from '../files/sha256.ts'

export const artifactError = defineErrors('artifact', {
  missing: {
    kind: 'environment',
    message: 'The stored result {hash} is not in the workspace any more.',
    remedy: 'Run the pipeline again; the step that made it will be repeated.',
  },
  damaged: {
    kind: 'environment',
    message: 'The stored result {hash} is damaged: {file} has changed since it was written.',
    remedy: 'Run `pipewright gc --verify` to drop damaged results, then run the pipeline again.',
  },
  'wrong-kind': {
    kind: 'defect',
    message: 'Result {hash} is a {kind}, not a {wanted}.',
    remedy: 'Please report this.',
  },
})

/** What stands in `manifest.json` beside an artifact's files. */
export type ArtifactManifest = AnyArtifact & {
  files: Readonly<Record<string, { sha256: string; sizeBytes: number }>>
}

/** An artifact that waits in staging to be committed: what a step worker sends to its host. */
export interface StagedArtifact {
  hash: string
  folder: string
}

/** An artifact in its place in the store. */
export interface StoredArtifact {
  manifest: ArtifactManifest
  /** Of `manifest.json`, so that it too can be verified. */
  manifestSha256: string
}

export interface ArtifactFolders extends ArtifactAccess {
  /** Artifacts written since the start, or the last commit, in order. */
  readonly written: readonly StagedArtifact[]
}

/**
 * The artifact store as files: `<root>/ab/abcdef…/` holds an artifact's files and `manifest.json`. New ones are
 * built in `staging` and moved into place by `commitArtifact`, so that a reader never sees half of one.
 */
export function openArtifactFolders(options: { root: string; staging: string }): ArtifactFolders {
  const { root, staging } = options
  const written = new Map<string, ArtifactManifest>()
  const staged = new Map<string, string>()
  return {
    get written() {
      return [...staged].map(([hash, folder]) => ({ hash, folder }))
    },
    folder: (hash) => staged.get(hash) ?? artifactFolder(root, hash),
    async read<Kind extends ArtifactKind>(kind: Kind, hash: string): Promise<Artifact<Kind>> {
      const manifest = written.get(hash) ?? (await readManifest(artifactFolder(root, hash), hash))
      if (manifest.kind !== kind)
        throw artifactError('wrong-kind', { hash, kind: manifest.kind, wanted: kind })
      return withoutFiles(manifest) as unknown as Artifact<Kind>
    },
    async stage() {
      const folder = join(staging, randomUUID())
      await mkdir(folder, { recursive: true })
      return folder
    },
    async write<Kind extends ArtifactKind>({ folder, ...artifact }: Parameters<ArtifactAccess['write']>[0]) {
      const target = folder ?? (await this.stage())
      const files: Record<string, { sha256: string; sizeBytes: number }> = {}
      for (const name of (await readdir(target)).toSorted())
        files[name] = await sha256OfFile(join(target, name))
      const manifest = { ...artifact, files } as ArtifactManifest
      await writeFile(join(target, 'manifest.json'), `${JSON.stringify(manifest)}\n`)
      written.set(manifest.hash, manifest)
      staged.set(manifest.hash, target)
      return withoutFiles(manifest) as unknown as Artifact<Kind>
    },
  }
}

/** Moves a staged artifact into the store, durably. An equal artifact that is there already wins. */
export async function commitArtifact(options: { root: string; hash: string; folder: string }): Promise<void> {
  const target = artifactFolder(options.root, options.hash)
  for (const name of await readdir(options.folder)) await syncToDisk(join(options.folder, name))
  await mkdir(join(target, '..'), { recursive: true })
  try {
    await rename(options.folder, target)
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    if (code !== 'ENOTEMPTY' && code !== 'EEXIST' && code !== 'EPERM') throw error
    await rm(options.folder, { recursive: true, force: true })
  }
}

export function artifactFolder(root: string, hash: string): string {
  return join(root, hash.slice(0, 2), hash)
}

/** The manifest in an artifact's folder; an `artifact.missing` error when there is none. */
export async function readManifest(folder: string, hash: string): Promise<ArtifactManifest> {
  try {
    return JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')) as ArtifactManifest
  } catch (cause) {
    throw artifactError('missing', { hash }, { cause })
  }
}

function withoutFiles(manifest: ArtifactManifest): AnyArtifact {
  const { kind, hash, data, refs } = manifest
  return { kind, hash, data, refs } as AnyArtifact
}

async function syncToDisk(path: string): Promise<void> {
  const file = await open(path, 'r')
  try {
    await file.sync()
  } finally {
    await file.close()
  }
}
