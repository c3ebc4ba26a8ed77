import { randomUUID } from 'node:crypto'
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { AnyArtifact, Artifact, ArtifactKind } from '../core/artifacts.ts'
import { defineErrors } from '../core/errors.ts'
import { sha256OfFile, sha256OfText } from '../files/sha256.ts'
import type { ArtifactAccess } from '../node-kit/run-context.ts'

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
  /** Artifacts written since the start, in order. */
  readonly written: readonly StagedArtifact[]
  /** Tells that what was written so far stands in the store now. */
  committed(): void
}

/**
 * The artifact store as files: `<root>/ab/abcdef…/` holds an artifact's files and `manifest.json`. New ones are
 * built in `staging`, from where the host moves them into place: a reader never sees half of one.
 */
export function openArtifactFolders(options: { root: string; staging: string }): ArtifactFolders {
  const { root, staging } = options
  const staged = new Map<string, string>()
  const folder = (hash: string): string => staged.get(hash) ?? artifactFolder(root, hash)
  const stage = async (): Promise<string> => {
    const made = join(staging, randomUUID())
    await mkdir(made, { recursive: true })
    return made
  }
  return {
    get written() {
      return [...staged].map(([hash, folder]) => ({ hash, folder }))
    },
    committed: () => staged.clear(),
    folder,
    async read<Kind extends ArtifactKind>(kind: Kind, hash: string): Promise<Artifact<Kind>> {
      const { manifest } = await readManifest(folder(hash), hash)
      if (manifest.kind !== kind)
        throw artifactError('wrong-kind', { hash, kind: manifest.kind, wanted: kind })
      return withoutFiles(manifest) as unknown as Artifact<Kind>
    },
    stage,
    async write<Kind extends ArtifactKind>(request: Parameters<ArtifactAccess['write']>[0]) {
      const { folder: filled = await stage(), ...artifact } = request
      const manifest = { ...artifact, files: await checksumsOf(filled) } as ArtifactManifest
      await writeFile(join(filled, manifestName), `${JSON.stringify(manifest)}\n`)
      const earlier = staged.get(manifest.hash)
      if (earlier === undefined) staged.set(manifest.hash, filled)
      else if (earlier !== filled) await rm(filled, { recursive: true, force: true })
      return withoutFiles(manifest) as unknown as Artifact<Kind>
    },
  }
}

export const manifestName = 'manifest.json'

export function artifactFolder(root: string, hash: string): string {
  return join(root, hash.slice(0, 2), hash)
}

/** The manifest in an artifact's folder; an `artifact.missing` or `artifact.damaged` error when there is none. */
export async function readManifest(folder: string, hash: string): Promise<StoredArtifact> {
  const text = await readFile(join(folder, manifestName), 'utf8').catch((cause: unknown) => {
    throw isGone(cause) ? artifactError('missing', { hash }, { cause }) : cause
  })
  const manifestSha256 = sha256OfText(text)
  try {
    return { manifest: JSON.parse(text) as ArtifactManifest, manifestSha256 }
  } catch (cause) {
    throw artifactError('damaged', { hash, file: manifestName }, { cause })
  }
}

/** Whether a file is not there, unlike one that cannot be read just now. */
export function isGone(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException
  return code === 'ENOENT' || code === 'ENOTDIR'
}

async function checksumsOf(folder: string): Promise<ArtifactManifest['files']> {
  const files: Record<string, { sha256: string; sizeBytes: number }> = {}
  for (const name of (await readdir(folder)).toSorted())
    if (name !== manifestName) files[name] = await sha256OfFile(join(folder, name))
  return files
}

function withoutFiles(manifest: ArtifactManifest): AnyArtifact {
  const { kind, hash, data, refs } = manifest
  return { kind, hash, data, refs } as AnyArtifact
}
