import type { LoadableVersion, ServerConfiguration } from '../server-protocol.ts'
import { loadVersion, type LoadedVersion } from './load-version.ts'

/** The models in memory, each once, however many configurations use it. */
export interface OpenVersions {
  /** Everything that a configuration needs, by `versionKey`. Throws where one of them cannot be loaded. */
  load(configuration: ServerConfiguration): Promise<ReadonlyMap<string, LoadedVersion>>
  /** Ends those that none of these configurations needs. */
  keep(configurations: readonly ServerConfiguration[]): Promise<void>
}

/** `model:version`. */
export function versionKey({ model, version }: Pick<LoadableVersion, 'model' | 'version'>): string {
  return `${model}:${version}`
}

export function createOpenVersions(): OpenVersions {
  const open = new Map<string, LoadedVersion>()
  return {
    async load(configuration) {
      for (const loadable of loadables(configuration))
        if (!open.has(loadable.artifact)) open.set(loadable.artifact, await loadVersion(loadable))
      return new Map(
        // The same model may be served under several names or numbers.
        loadables(configuration).map((each) => [versionKey(each), { ...open.get(each.artifact)!, ...each }]),
      )
    },
    async keep(configurations) {
      const needed = new Set(configurations.flatMap(loadables).map(({ artifact }) => artifact))
      for (const [artifact, { session }] of open)
        if (!needed.has(artifact)) {
          open.delete(artifact)
          await session.close()
        }
    },
  }
}

function loadables({ versions, fallback }: ServerConfiguration): LoadableVersion[] {
  return [...versions, ...(fallback.kind === 'version' ? [fallback.version] : [])]
}
