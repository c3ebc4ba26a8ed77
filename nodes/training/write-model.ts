import { createHash } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Artifact, ModelData } from '../../src/core/artifacts.ts'
import { canonicalJson } from '../../src/core/canonical-json.ts'
import type { RunContext } from '../../src/node-kit/run-context.ts'

/** Stores a model: the graph, its signature and what its start columns looked like in training. */
export async function writeModel(
  context: Pick<RunContext, 'artifacts'>,
  model: { data: ModelData; bytes: Uint8Array; sketch: unknown },
): Promise<Artifact<'model'>> {
  const { data, bytes, sketch } = model
  const hash = createHash('sha256').update(bytes).update(canonicalJson(data)).digest('hex')
  const folder = await context.artifacts.stage()
  await writeFile(join(folder, 'model.onnx'), bytes)
  await writeFile(join(folder, 'signature.json'), `${canonicalJson(data.signature)}\n`)
  await writeFile(join(folder, 'sketch.json'), `${canonicalJson(sketch)}\n`)
  return context.artifacts.write({ kind: 'model', hash, data, refs: [], folder })
}
