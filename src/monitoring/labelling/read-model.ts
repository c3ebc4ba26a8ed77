import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ModelData } from '../../core/artifacts.ts'
import { PipewrightError } from '../../core/errors.ts'
import { sketchSchema, type Sketch } from '../../core/sketch-schema.ts'
import { artifactFolder, readManifest } from '../../storage/artifact-folders.ts'

/** Reads what models are, each once; null for one that is gone. */
export interface ModelReader {
  data(artifact: string): Promise<ModelData | null>
  /** Of the table that it learned from; null where it has none. */
  sketch(artifact: string): Promise<Sketch | null>
}

/** `artifacts` is the folder of the artifact store. */
export function createModelReader(artifacts: string): ModelReader {
  const known = new Map<string, ModelData | null>()
  const read = async (artifact: string): Promise<ModelData | null> => {
    try {
      const { manifest } = await readManifest(artifactFolder(artifacts, artifact), artifact)
      return manifest.kind === 'model' ? manifest.data : null
    } catch (error) {
      if (error instanceof PipewrightError && error.code.startsWith('artifact.')) return null
      throw error
    }
  }
  return {
    async data(artifact) {
      const found = known.get(artifact)
      if (found !== undefined) return found
      const data = artifact === '' ? null : await read(artifact)
      known.set(artifact, data)
      return data
    },
    async sketch(artifact) {
      const path = join(artifactFolder(artifacts, artifact), 'sketch.json')
      const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return null
        throw error
      })
      return text === null ? null : (sketchSchema.safeParse(JSON.parse(text)).data ?? null)
    },
  }
}
