import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ModelDetails } from '../contract/model-details.ts'
import type { RunContext } from '../node-kit/run-context.ts'
import { readInputSketches } from './input-sketches.ts'
import { modelStructure } from './model-structure.ts'

/** A model artifact with what can be told of its inside. */
export async function modelDetails(context: RunContext, artifact: string): Promise<ModelDetails> {
  const { data: model } = await context.artifacts.read('model', artifact)
  const folder = context.artifacts.folder(artifact)
  const bytes = await readFile(join(folder, 'model.onnx'))
  const inputs = await readInputSketches(folder)
  return {
    artifact,
    model,
    sizeBytes: bytes.length,
    inputs,
    structure: modelStructure(bytes, model.features),
  }
}
