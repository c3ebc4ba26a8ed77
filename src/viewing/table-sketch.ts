import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { TableData } from '../core/artifacts.ts'
import { sketchSchema, type Sketch } from '../core/sketch-schema.ts'
import { writeAtomically } from '../files/write-atomically.ts'
import type { RunContext } from '../node-kit/run-context.ts'
import { readColumns } from '../recipe/read-columns.ts'
import { sketchOf } from '../tables/sketch.ts'
import { sketchFile } from './sketch-file.ts'

/** The sketch of the visible columns of a table that are no vectors; made once. Pages are shown meanwhile. */
export async function tableSketch(context: RunContext, artifact: string): Promise<Sketch> {
  const path = join(context.artifacts.folder(artifact), sketchFile)
  const known = await readSketch(path)
  if (known) return known
  const { data } = await context.artifacts.read('table', artifact)
  const sketch = await sketchTable(context, data)
  // Whoever cannot write it down makes it again.
  await writeAtomically(path, (temporaryPath) => writeFile(temporaryPath, JSON.stringify(sketch))).catch(
    () => {},
  )
  return sketch
}

async function readSketch(path: string): Promise<Sketch | null> {
  try {
    return sketchSchema.safeParse(JSON.parse(await readFile(path, 'utf8'))).data ?? null
  } catch {
    return null
  }
}

async function sketchTable(context: RunContext, data: TableData): Promise<Sketch> {
  const columns = data.columns.flatMap(({ name, type }) => (type === 'vector' ? [] : [{ name, type }]))
  const names = columns.map(({ name }) => name)
  return sketchOf({ columns, chunks: readColumns(context, data, { columns: names, rows: 'all' }) })
}
