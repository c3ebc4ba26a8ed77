import { createReadStream } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { numbers, target } from '../prepare/write-table.ts'

const rowCount = 2_000
const rowsTogether = 100

/** Files with a request a line. */
export interface Bodies {
  single: string
  together: string
  /** The lines of `single`. */
  rows: readonly string[]
}

/** Requests of one row and of 100 rows, from the first rows of a table: numbers as numbers, null where nothing stands. */
export async function writeBodies(table: string, folder: string): Promise<Bodies> {
  const rows = await firstRows(table)
  const single = join(folder, 'single.jsonl')
  const together = join(folder, 'together.jsonl')
  const lines = rows.map((row) => JSON.stringify(row))
  await writeFile(single, lines.join('\n'))
  const groups = Array.from({ length: rowCount / rowsTogether }, (_, index) =>
    JSON.stringify({ rows: rows.slice(index * rowsTogether, (index + 1) * rowsTogether) }),
  )
  await writeFile(together, groups.join('\n'))
  return { single, together, rows: lines }
}

async function firstRows(table: string): Promise<Record<string, string | number | null>[]> {
  const rows: Record<string, string | number | null>[] = []
  let names: string[] | null = null
  for await (const line of createInterface({ input: createReadStream(table) })) {
    const cells = line.split(',')
    if (!names) names = cells
    else rows.push(rowOf(names, cells))
    if (rows.length === rowCount) break
  }
  return rows
}

function rowOf(names: readonly string[], cells: readonly string[]): Record<string, string | number | null> {
  const values = names.map((name, index) => {
    const cell = cells[index]!
    if (cell === '') return [name, null] as const
    return [name, name in numbers ? Number(cell) : cell] as const
  })
  return Object.fromEntries(values.filter(([name]) => name !== target))
}
