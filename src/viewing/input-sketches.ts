import type { ColumnSketch } from '../core/sketch-schema.ts'
import { readTrainingSketch } from '../tables/training-sketch.ts'

/** What the inputs of a model looked like in training, by name; empty for a model that does not know. */
export async function readInputSketches(folder: string): Promise<Record<string, ColumnSketch>> {
  const sketch = await readTrainingSketch(folder)
  return Object.fromEntries((sketch?.columns ?? []).map((column) => [column.name, column]))
}
