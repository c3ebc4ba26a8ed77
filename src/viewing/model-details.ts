import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ModelDetails } from '../contract/model-details.ts'
import { sketchSchema, type Sketch } from '../core/sketch-schema.ts'
import type { RunContext } from '../node-kit/run-context.ts'
import { modelStructure } from './model-structure.ts'

/** A model artifact with what can be told of its inside. */
export async function modelDetails(context: RunContext, artifact: string): Promise<ModelDetails> {
  const { data: model } = await context.artifacts.read('model', artifact)
  const folder = context.artifacts.folder(artifact)
  const bytes = await readFile(join(folder, 'model.onnx'))
  const sketch = await readSketch(join(folder, 'sketch.json'))
  return {
    artifact,
    model,
    sizeBytes: bytes.length,
    inputs: Object.fromEntries((sketch?.columns ?? []).map((column) => [column.name, column])),
    structure: modelStructure(bytes, model.features),
  }
}

async function readSketch(path: string): Promise<Sketch | null> {
  try {
    return sketchSchema.safeParse(JSON.parse(await readFile(path, 'utf8'))).data ?? null
  } catch {
    return null
  }
}
