import { join } from 'node:path'
import type { Artifact, StartColumn } from '../../../src/core/artifacts.ts'
import type { ContextOf, ProbeOf } from '../../../src/node-kit/define-node.ts'
import { defineRun } from '../../../src/node-kit/define-run.ts'
import { newTable } from '../../../src/tables/new-table.ts'
import { openDuckDb } from '../../../src/tables/open-duckdb.ts'
import { quoteName, quoteText } from '../../../src/tables/quote.ts'
import { readFile } from '../../../src/tables/read-file/read-file.ts'
import { rejectColumns, type ReadOptions } from '../../../src/tables/read-file/read-options.ts'
import { rowsFile } from '../../../src/tables/rows-relation.ts'
import { storedType } from '../../../src/tables/stored-type.ts'
import { writeTableArtifact } from '../../../src/tables/write-table.ts'
import { scratchArtifacts } from '../../scratch-artifacts.ts'
import { stackRows } from '../../stack-rows.ts'
import { judgeRejects } from '../judge-rejects.ts'
import { shapeOfColumns } from '../shape-of-columns.ts'
import { columnsOfAll } from './columns-of-all.ts'
import { ingestionFiles, type FilesParams } from './definition.ts'
import { sniffMatched, type SniffedFile } from './sniff-matched.ts'

type Context = ContextOf<typeof ingestionFiles>

export const run = defineRun(ingestionFiles, async (_, params, context) => {
  const files = await sniffMatched(context, params)
  const columns = await columnsOfAll(context, files, params)
  const scratch = { ...context, artifacts: scratchArtifacts(context) }
  const parts: Part[] = []
  for (const [index, file] of files.entries()) {
    context.progress({ share: index / files.length, note: `reading “${file.path}”` })
    parts.push(await readPart(scratch, { file, columns, params }))
  }
  const { table, rejects } = outputColumns(context, columns, params)
  const rows = parts.map((part) => ({ path: part.path, rows: part.rows }))
  const rejected = parts.map((part) => ({ path: part.path, rows: part.rejects }))
  return {
    table: await stack(scratch, context, { parts: rows, startColumns: table, ...params }),
    rejects: await stack(scratch, context, { parts: rejected, startColumns: rejects, sourceColumn: 'file' }),
  }
})

export const probe: ProbeOf<typeof ingestionFiles> = async (params, context) => {
  const columns = await columnsOfAll(context, await sniffMatched(context, params), params)
  const { table, rejects } = outputColumns(context, columns, params)
  return { table: shapeOfColumns(table), rejects: shapeOfColumns(rejects) }
}

function outputColumns(
  { node: source }: Context,
  columns: readonly StartColumn[],
  { sourceColumn }: FilesParams,
): { table: StartColumn[]; rejects: StartColumn[] } {
  const fileColumn = (name: string): StartColumn => ({ name, type: 'text', source })
  return {
    table: sourceColumn === '' ? [...columns] : [...columns, fileColumn(sourceColumn)],
    rejects: [fileColumn('file'), ...rejectColumns.map(({ name, type }) => ({ name, type, source }))],
  }
}

interface Part {
  path: string
  rows: Artifact<'rows'>
  rejects: Artifact<'rows'>
}

async function readPart(
  scratch: Context,
  work: { file: SniffedFile; columns: readonly StartColumn[]; params: FilesParams },
): Promise<Part> {
  const { file, params } = work
  const { path } = file
  const { rows, rejects, counts } = await readFile(scratch, agreedOptions(file, work.columns))
  const table = newTable(rejects.rows, rejects.startColumns)
  const where = 'in “{path}” on line {line}'
  await judgeRejects(scratch, { counts, rejects: table, params, values: { path }, where })
  return { path, rows, rejects: rejects.rows }
}

/** A file is read by what all files show; its own column says nothing else, unless it says nothing. */
function agreedOptions({ options, startColumns }: SniffedFile, agreed: readonly StartColumn[]): ReadOptions {
  const columns = startColumns.flatMap((own) => {
    const column = agreed.find(({ name }) => name === own.name)
    if (!column || (own.type === column.type && !own.rule)) return []
    const { decimalMark, thousandsMark, format } = column.rule ?? {}
    const marks = {
      ...(decimalMark !== undefined && { decimalMark }),
      ...(thousandsMark !== undefined && { thousandsMark }),
      ...(format !== undefined && { format }),
    }
    return [[own.name, { ...options.columns?.[own.name], type: column.type, ...marks }] as const]
  })
  // What was said of all dates is settled by now: of a column whose type is given, ISO 8601 would be refused.
  const { dateFormat: _, ...rest } = options
  return { ...rest, columns: { ...options.columns, ...Object.fromEntries(columns) } }
}

/** A table of the rows of all files; `scratch` knows where they are. */
async function stack(
  scratch: Context,
  context: Context,
  work: {
    parts: readonly { path: string; rows: Artifact<'rows'> }[]
    startColumns: readonly StartColumn[]
    sourceColumn: string
  },
): Promise<Artifact<'table'>> {
  const { parts, startColumns, sourceColumn } = work
  const folders = parts.map(({ rows }) => scratch.artifacts.folder(rows.hash))
  const database = await openDuckDb(context, { folders })
  const queryOf = (index: number): string => {
    const { path, rows } = parts[index]!
    const names = new Set(rows.data.columns.map(({ name }) => name))
    const values = startColumns.map(({ name, type }) => {
      const value = names.has(name) ? quoteName(name) : 'NULL'
      return `${name === sourceColumn ? quoteText(path) : value}::${storedType(type)} AS ${quoteName(name)}`
    })
    return `SELECT ${values.join(', ')} FROM read_parquet(${quoteText(join(folders[index]!, rowsFile))})`
  }
  try {
    const queries = parts.map((_, index) => async () => queryOf(index))
    const rows = await stackRows(context, database, { queries, startColumns })
    return await writeTableArtifact(context, newTable(rows, startColumns))
  } finally {
    database.close()
  }
}
