import type { TableData } from '../../../src/core/artifacts.ts'
import type { ContextOf, ProbeOf } from '../../../src/node-kit/define-node.ts'
import { defineRun } from '../../../src/node-kit/define-run.ts'
import { shapeOfTable } from '../../../src/node-kit/shape-of-artifact.ts'
import { newTable } from '../../../src/tables/new-table.ts'
import { readFile } from '../../../src/tables/read-file/read-file.ts'
import {
  rejectColumns,
  type ColumnReadOptions,
  type FileReading,
  type ReadOptions,
} from '../../../src/tables/read-file/read-options.ts'
import { sniffFile } from '../../../src/tables/read-file/sniff-file.ts'
import { readStartChunks } from '../../../src/tables/start-rows.ts'
import { writeTableArtifact } from '../../../src/tables/write-table.ts'
import { ingestionFile, type IngestionFileParams } from './definition.ts'

type Context = ContextOf<typeof ingestionFile>

export const run = defineRun(ingestionFile, async (_, params, context) => {
  const reading = await readFile(context, readOptions(params, context))
  const rejects = newTable(reading.rejects.rows, reading.rejects.startColumns)
  await judgeRejects(context, { reading, rejects, params })
  return {
    table: await writeTableArtifact(context, newTable(reading.rows, reading.startColumns)),
    rejects: await writeTableArtifact(context, rejects),
  }
})

export const probe: ProbeOf<typeof ingestionFile> = async (params, context) => {
  const { startColumns } = await sniffFile(context, readOptions(params, context))
  return { table: shapeOfColumns(startColumns), rejects: shapeOfColumns(rejectColumns) }
}

function shapeOfColumns(columns: readonly Pick<TableData['startColumns'][number], 'name' | 'type'>[]) {
  return shapeOfTable({
    columns: columns.map(({ name, type }) => ({ name, type, role: 'feature', origin: 'start' })),
    split: null,
  })
}

function readOptions(params: IngestionFileParams, context: Context): ReadOptions {
  const { path, quote, types, formats, replace, badRows: _, maximumRejectShare: __, ...rest } = params
  const names = new Set([...Object.keys(types), ...Object.keys(formats), ...Object.keys(replace)])
  const columns = [...names].map((name): [string, ColumnReadOptions] => [
    name,
    {
      ...(types[name] && { type: types[name] }),
      ...(formats[name] && { format: formats[name] }),
      ...(replace[name] && { replace: replace[name] }),
    },
  ])
  return {
    ...given(rest),
    path: context.resolvePath(path),
    ...(quote !== undefined && { quote: quote === '' ? null : quote }),
    columns: Object.fromEntries(columns),
  }
}

/** The fields that have a value. */
function given<Fields extends object>(fields: Fields): { [Name in keyof Fields]: NonNullable<Fields[Name]> } {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined)
  return Object.fromEntries(entries) as { [Name in keyof Fields]: NonNullable<Fields[Name]> }
}

async function judgeRejects(
  context: Context,
  { reading, rejects, params }: { reading: FileReading; rejects: TableData; params: IngestionFileParams },
): Promise<void> {
  const { read, rejected } = reading.counts
  if (rejected === 0) return
  const values = { count: rejected, rows: read, path: params.path, ...(await firstReject(context, rejects)) }
  if (params.badRows === 'fail') context.fail('row-does-not-fit', values, { param: 'badRows' })
  if (rejected / read > params.maximumRejectShare) {
    context.fail('too-many-rejects', values, { param: 'maximumRejectShare' })
  }
  context.log(
    'warning',
    '{count} of {rows} rows were rejected; the first is on line {line}: {reason}',
    values,
  )
}

async function firstReject(context: Context, rejects: TableData): Promise<{ line: number; reason: string }> {
  const columns = ['line', 'message']
  for await (const chunk of readStartChunks(context, rejects, { columns, rows: 'all', chunkRows: 1 })) {
    return {
      line: (chunk.columns['line'] as Float64Array)[0]!,
      reason: (chunk.columns['message'] as string[])[0]!,
    }
  }
  return { line: 0, reason: '' }
}
