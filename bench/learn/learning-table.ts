import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { writeTable } from '../prepare/write-table.ts'

/** A CSV file of so many rows in the folder of the benchmark, written once for all parts. */
export async function learningTable(
  rows: number,
  { folder, say }: { folder: string; say: (text: string) => void },
): Promise<string> {
  const path = join(folder, `table of ${rows} rows.csv`)
  try {
    await access(path)
  } catch {
    say(`Writing a table of ${rows} rows.`)
    await writeTable(path, { rows, seed: 7 })
  }
  return path
}
