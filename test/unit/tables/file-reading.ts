import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Artifact, StartColumn } from '../../../src/core/artifacts.ts'
import { newTable } from '../../../src/tables/new-table.ts'
import { openDuckDb } from '../../../src/tables/open-duckdb.ts'
import { readFile } from '../../../src/tables/read-file/read-file.ts'
import type { FileReading, ReadOptions } from '../../../src/tables/read-file/read-options.ts'
import { rowsFolder, rowsRelation } from '../../../src/tables/rows-relation.ts'
import type { TestContext } from '../../fixtures/test-context.ts'

/** All values of stored rows, a list a row; dates and times as ISO text, big integers as numbers. */
export async function valuesOf(
  context: TestContext,
  stored: { rows: Artifact<'rows'>; startColumns: readonly StartColumn[] },
): Promise<unknown[][]> {
  const table = newTable(stored.rows, stored.startColumns)
  const database = await openDuckDb(context, { folders: [rowsFolder(context, table)] })
  try {
    const reader = await database.connection.runAndReadAll(`SELECT * FROM ${rowsRelation(context, table)}`)
    return reader.getRows().map((row) =>
      row.map((value) => {
        if (typeof value === 'bigint') return Number(value)
        return value === null || typeof value !== 'object' ? value : String(value)
      }),
    )
  } finally {
    database.close()
  }
}

/** Reads a text, or bytes, from a file of that name. */
export async function readText(
  context: TestContext,
  file: { name: string; content: string | Uint8Array },
  options: Omit<ReadOptions, 'path'> = {},
): Promise<FileReading & { values: unknown[][]; rejected: unknown[][] }> {
  const path = join(context.folder, file.name)
  await writeFile(path, file.content)
  const reading = await readFile(context, { path, ...options })
  return {
    ...reading,
    values: await valuesOf(context, reading),
    rejected: await valuesOf(context, reading.rejects),
  }
}
