import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sketchSchema, type ColumnSketch } from '../core/sketch-schema.ts'

/** What the inputs of a model looked like in training, by name; empty for a model that does not know. */
export async function readInputSketches(folder: string): Promise<Record<string, ColumnSketch>> {
  const text = await readFile(join(folder, 'sketch.json'), 'utf8').catch(() => 'null')
  const sketch = sketchSchema.safeParse(parsed(text)).data
  return Object.fromEntries((sketch?.columns ?? []).map((column) => [column.name, column]))
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
