import { existsSync } from 'node:fs'
import type { ArtifactKind } from '../core/artifacts.ts'
import { openArtifactFolders, type ArtifactFolders } from '../storage/artifact-folders.ts'

/**
 * Artifacts of several stores as one: the first store that has an artifact counts. Reproducing a run keeps what it
 * makes in a store of its own, before that of the workspace.
 */
export function openLayeredArtifacts(options: {
  roots: readonly string[]
  staging: string
}): ArtifactFolders {
  const { roots, staging } = options
  const [first, ...others] = roots.map((root) => openArtifactFolders({ root, staging }))
  if (!first) throw new TypeError('artifacts need at least one store')
  if (others.length === 0) return first
  return {
    get written() {
      return first.written
    },
    committed: () => first.committed(),
    stage: () => first.stage(),
    write: (artifact) => first.write(artifact),
    folder(hash) {
      const folders = [first, ...others].map((store) => store.folder(hash))
      return folders.find((folder) => existsSync(folder)) ?? folders[0]!
    },
    async read<Kind extends ArtifactKind>(kind: Kind, hash: string) {
      const holder = [first, ...others].find((store) => existsSync(store.folder(hash)))
      return (holder ?? first).read(kind, hash)
    },
  }
}
