import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ModelData } from '../../core/artifacts.ts'
import { openSession, type OnnxSession } from '../../onnx/session.ts'
import { artifactError, artifactFolder, readManifest } from '../../storage/artifact-folders.ts'

/** A model of the artifact store, ready to answer. Whoever opened it closes its session. */
export async function openStoredModel(
  artifacts: string,
  artifact: string,
): Promise<{ data: ModelData; session: OnnxSession }> {
  const folder = artifactFolder(artifacts, artifact)
  const { manifest } = await readManifest(folder, artifact)
  if (manifest.kind !== 'model')
    throw artifactError('wrong-kind', { hash: artifact, kind: manifest.kind, wanted: 'model' })
  return { data: manifest.data, session: await openSession(await readFile(join(folder, 'model.onnx'))) }
}
