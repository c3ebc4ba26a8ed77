import { randomUUID } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Artifact } from '../src/core/artifacts.ts'
import type { ArtifactAccess, RunContext } from '../src/node-kit/run-context.ts'

/** Artifacts that a step makes for itself alone: they stand in its scratch folder and are gone when it ends. */
export function scratchArtifacts({
  artifacts,
  workFolder,
}: Pick<RunContext, 'artifacts' | 'workFolder'>): ArtifactAccess {
  const folders = new Map<string, string>()
  const stage = async (): Promise<string> => {
    const folder = join(workFolder, randomUUID())
    await mkdir(folder)
    return folder
  }
  return {
    folder: (hash) => folders.get(hash) ?? artifacts.folder(hash),
    read: (kind, hash) => artifacts.read(kind, hash),
    stage,
    async write<Kind extends Artifact['kind']>(request: Parameters<ArtifactAccess['write']>[0]) {
      const { folder, ...artifact } = request
      if (folder !== undefined) folders.set(artifact.hash, folder)
      return artifact as unknown as Artifact<Kind>
    },
  }
}
