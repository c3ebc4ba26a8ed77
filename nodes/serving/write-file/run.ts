import { randomUUID } from 'node:crypto'
import { extname, join } from 'node:path'
import type { TableData } from '../../../src/core/artifacts.ts'
import { columnNamed, type RowScope } from '../../../src/core/columns.ts'
import { reasonOfFailure } from '../../../src/files/reason-of-failure.ts'
import { joinFiles } from '../../../src/files/join-files.ts'
import { writeAtomically } from '../../../src/files/write-atomically.ts'
import type { ContextOf } from '../../../src/node-kit/define-node.ts'
import { defineRun } from '../../../src/node-kit/define-run.ts'
import { openDuckDb } from '../../../src/tables/open-duckdb.ts'
import { rowsFolder } from '../../../src/tables/rows-relation.ts'
import { writableFormats, writeRowsToFile, type WritableFormat } from '../../../src/tables/write-file.ts'
import { writeFile, type WriteFileParams } from './definition.ts'
import { isWrittenInSlices, rowsInSlices, type RowsToSlice } from './rows-in-slices.ts'
import { rowsToWrite } from './rows-to-write.ts'

export const run = defineRun(writeFile, async ({ table }, params, context) => {
  const path = context.resolvePath(params.path)
  let misread: { error: unknown } | null = null
  const files = watched(filesOf(context, { table: table.data, params }), (error) => (misread = { error }))
  let written = { sha256: '', sizeBytes: 0 }
  await writeAtomically(path, async (temporaryPath) => {
    written = await joinFiles(files, temporaryPath)
  }).catch((cause: unknown) => {
    if (misread) throw misread.error
    return context.fail('cannot-write', { path, reason: reasonOfFailure(cause) }, { param: 'path', cause })
  })
  context.effect({ kind: 'file', path, ...written })
  return {}
})

type Export = { table: TableData; params: WriteFileParams }

/** What is to be written, in files of which the last may come much later than the first. */
async function* filesOf(
  context: ContextOf<typeof writeFile>,
  { table, params }: Export,
): AsyncIterable<string> {
  const columns =
    params.columns.length === 0 ? table.columns : params.columns.map((name) => columnNamed(table, name)!)
  const { delimiter, nullValue, header, guardFormulas } = params
  const format = { format: formatOf(params), delimiter, nullValue, header, guardFormulas }
  const rows = { table, columns, format }
  if (params.rows === 'all' && isWrittenInSlices(context, rows)) yield* rowsInSlices(context, rows)
  else yield await wholeFile(context, { ...rows, rows: params.rows })
}

async function wholeFile(
  context: ContextOf<typeof writeFile>,
  { table, columns, format, rows }: RowsToSlice & { rows: RowScope },
): Promise<string> {
  const path = join(context.workFolder, randomUUID())
  const database = await openDuckDb(context, { folders: [rowsFolder(context, table)], threads: 1 })
  try {
    const { query, columns: written } = await rowsToWrite(context, database, { table, columns, rows })
    await writeRowsToFile(database, { ...format, query, columns: written, path })
    return path
  } finally {
    database.close()
  }
}

/** The same, and tells of what goes wrong with them. */
async function* watched<Item>(
  items: AsyncIterable<Item>,
  tell: (error: unknown) => void,
): AsyncIterable<Item> {
  try {
    yield* items
  } catch (error) {
    tell(error)
    throw error
  }
}

function formatOf({ format, path }: WriteFileParams): WritableFormat {
  if (format) return format
  const ending = extname(path).slice(1).toLowerCase()
  if (ending === 'jsonl' || ending === 'ndjson') return 'json-lines'
  if (ending === 'xlsx') return 'excel'
  return writableFormats.find((known) => known === ending) ?? 'csv'
}
