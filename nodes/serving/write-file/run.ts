import { randomUUID } from 'node:crypto'
import { copyFile, rm } from 'node:fs/promises'
import { extname, join } from 'node:path'
import type { TableData } from '../../../src/core/artifacts.ts'
import { columnNamed } from '../../../src/core/columns.ts'
import { reasonOfFailure } from '../../../src/files/reason-of-failure.ts'
import { sha256OfFile } from '../../../src/files/sha256.ts'
import { writeAtomically } from '../../../src/files/write-atomically.ts'
import type { ContextOf } from '../../../src/node-kit/define-node.ts'
import { defineRun } from '../../../src/node-kit/define-run.ts'
import { openDuckDb } from '../../../src/tables/open-duckdb.ts'
import { rowsFolder } from '../../../src/tables/rows-relation.ts'
import { writableFormats, writeRowsToFile, type WritableFormat } from '../../../src/tables/write-file.ts'
import { writeFile, type WriteFileParams } from './definition.ts'
import { rowsToWrite } from './rows-to-write.ts'

export const run = defineRun(writeFile, async ({ table }, params, context) => {
  const path = context.resolvePath(params.path)
  const file = join(context.workFolder, randomUUID())
  try {
    await exportRows(context, { table: table.data, params, file })
    await writeAtomically(path, (temporaryPath) => copyFile(file, temporaryPath)).catch((cause: unknown) =>
      context.fail('cannot-write', { path, reason: reasonOfFailure(cause) }, { param: 'path', cause }),
    )
  } finally {
    await rm(file, { force: true })
  }
  context.effect({ kind: 'file', path, ...(await sha256OfFile(path)) })
  return {}
})

async function exportRows(
  context: ContextOf<typeof writeFile>,
  { table, params, file }: { table: TableData; params: WriteFileParams; file: string },
): Promise<void> {
  const database = await openDuckDb(context, { folders: [rowsFolder(context, table)], threads: 1 })
  const columns =
    params.columns.length === 0 ? table.columns : params.columns.map((name) => columnNamed(table, name)!)
  const { delimiter, nullValue, header, guardFormulas } = params
  try {
    const rows = await rowsToWrite(context, database, { table, columns, rows: params.rows })
    const format = formatOf(params)
    await writeRowsToFile(database, {
      ...rows,
      path: file,
      format,
      delimiter,
      nullValue,
      header,
      guardFormulas,
    })
  } finally {
    database.close()
  }
}

function formatOf({ format, path }: WriteFileParams): WritableFormat {
  if (format) return format
  const ending = extname(path).slice(1).toLowerCase()
  if (ending === 'jsonl' || ending === 'ndjson') return 'json-lines'
  if (ending === 'xlsx') return 'excel'
  return writableFormats.find((known) => known === ending) ?? 'csv'
}
