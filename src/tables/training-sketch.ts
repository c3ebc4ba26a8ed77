import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sketchSchema, type Sketch } from '../core/sketch-schema.ts'

/** What the rows looked like that a model was trained on, by its start columns; null for a model that does not know. */
export async function readTrainingSketch(modelFolder: string): Promise<Sketch | null> {
  const text = await readFile(join(modelFolder, 'sketch.json'), 'utf8').catch(() => 'null')
  return sketchSchema.safeParse(parsed(text)).data ?? null
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
