import { createHash } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { TableData } from '../core/artifacts.ts'
import type { RunContext } from '../node-kit/run-context.ts'
import { tableError } from './errors.ts'

export const splitFile = 'split.bin'

/** The table with each row in a part: one byte a row, 0 train, 1 validation, 2 test. */
export async function writeSplit(
  context: RunContext,
  table: TableData,
  parts: Uint8Array,
): Promise<TableData> {
  if (parts.length !== table.rows.count) {
    throw tableError('split-length', { parts: parts.length, rows: table.rows.count })
  }
  const counts = { train: 0, validation: 0, test: 0 }
  for (const part of parts) {
    if (part === 0) counts.train++
    else if (part === 1) counts.validation++
    else if (part === 2) counts.test++
    else throw tableError('split-part', { part })
  }
  const folder = await context.artifacts.stage()
  await writeFile(join(folder, splitFile), parts)
  const hash = createHash('sha256').update(`split ${parts.length}\n`).update(parts).digest('hex')
  const artifact = await context.artifacts.write({
    kind: 'split',
    hash,
    data: { count: parts.length },
    refs: [],
    folder,
  })
  return { ...table, split: { artifact: artifact.hash, counts } }
}
