import { hash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ModelData } from '../../core/artifacts.ts'
import { openBatchSession } from '../../onnx/open-batch-session.ts'
import type { OnnxSession } from '../../onnx/session.ts'
import { artifactError, readManifest } from '../../storage/artifact-folders.ts'
import { rowReader } from '../../tables/row-reader.ts'
import type { LoadableVersion } from '../server-protocol.ts'

/** A version whose model is in memory. */
export interface LoadedVersion extends LoadableVersion {
  data: ModelData
  session: OnnxSession
}

const graphName = 'model.onnx'
/** So many are run otherwise than one. */
const someRows = 16

/** Reads a package from its folder, by bytes, and lets its model answer for the first time. Throws where it is not whole. */
export async function loadVersion(loadable: LoadableVersion): Promise<LoadedVersion> {
  const { folder, artifact } = loadable
  const { manifest } = await readManifest(folder, artifact)
  if (manifest.kind !== 'model')
    throw artifactError('wrong-kind', { hash: artifact, kind: manifest.kind, wanted: 'model' })
  const bytes = await readFile(join(folder, graphName))
  if (manifest.hash !== artifact || manifest.files[graphName]?.sha256 !== hash('sha256', bytes))
    throw artifactError('damaged', { hash: artifact, file: graphName })
  const data = manifest.data
  const session = await openBatchSession(bytes)
  const reader = rowReader(data.signature.inputs)
  // The first run of a session is far slower than those that follow. That a model cannot answer nulls is nothing new.
  for (const rows of [1, someRows]) {
    const nulls = reader.readObjects(Array.from({ length: rows }, () => ({})))
    if ('columns' in nulls) await session.run(nulls).catch(() => {})
  }
  return { ...loadable, data, session }
}
