import { writeFile } from 'node:fs/promises'
import { writeAtomically } from '../../files/write-atomically.ts'
import type { LeftRow } from './labelling-messages.ts'

/** Writes the rows of a file that were not taken as CSV: each with its number, the reason, and its values. */
export async function writeLeftRows(path: string, rows: readonly LeftRow[]): Promise<void> {
  const names = [...new Set(rows.flatMap(({ values }) => Object.keys(values)))]
  const lines = [
    ['row', 'reason', ...names],
    ...rows.map(({ row, reason, values }) => [
      String(row),
      reason,
      ...names.map((name) => values[name] ?? ''),
    ]),
  ]
  const text = lines.map((fields) => fields.map(quoted).join(',')).join('\n')
  await writeAtomically(path, (file) => writeFile(file, `${text}\n`))
}

const quoted = (field: string): string =>
  /[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field
