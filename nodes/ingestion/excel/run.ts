import type { ContextOf, ProbeOf } from '../../../src/node-kit/define-node.ts'
import { defineRun } from '../../../src/node-kit/define-run.ts'
import type { ExcelOptions } from '../../../src/tables/excel/excel-options.ts'
import { readExcel, type ExcelReading } from '../../../src/tables/excel/read-excel.ts'
import { sniffExcel } from '../../../src/tables/excel/sniff-excel.ts'
import { newTable } from '../../../src/tables/new-table.ts'
import { rejectColumns } from '../../../src/tables/read-file/read-options.ts'
import { writeTableArtifact } from '../../../src/tables/write-table.ts'
import { judgeRejects } from '../judge-rejects.ts'
import { readOptionsOf } from '../read-options-of.ts'
import { refuseUntyped } from '../refuse-untyped.ts'
import { shapeOfColumns } from '../shape-of-columns.ts'
import { excel, type ExcelParams } from './definition.ts'

export const run = defineRun(excel, async (_, params, context) => {
  const { path } = params
  const reading = await readExcel(context, optionsOf(context.resolvePath(path), params))
  const { counts, errorCells } = reading
  if (counts.read === 0) refuseUntyped(reading.startColumns, params)
  warnOfErrors(context, errorCells)
  const rejects = newTable(reading.rejects.rows, reading.rejects.startColumns)
  await judgeRejects(context, { counts, rejects, params, values: { path }, where: 'row {line} of the sheet' })
  return {
    table: await writeTableArtifact(context, newTable(reading.rows, reading.startColumns)),
    rejects: await writeTableArtifact(context, rejects),
  }
})

export const probe: ProbeOf<typeof excel> = async (params, context) => {
  const sniff = await sniffExcel(context, optionsOf(context.resolvePath(params.path), params))
  if (sniff.sampledRows === 0) refuseUntyped(sniff.startColumns, params)
  return { table: shapeOfColumns(sniff.startColumns), rejects: shapeOfColumns(rejectColumns) }
}

function optionsOf(path: string, params: ExcelParams): ExcelOptions {
  const { sheet, range, header, mergedCells, errorCells } = params
  const { trim, nullValues, dateFormat, types, formats, replace } = params
  return {
    ...readOptionsOf(path, { header, trim, nullValues, dateFormat, types, formats, replace }),
    sheet,
    ...(range !== undefined && { range }),
    mergedCells,
    errorCells,
  }
}

function warnOfErrors(context: ContextOf<typeof excel>, errorCells: ExcelReading['errorCells']): void {
  if (!errorCells) return
  const { count, first, text } = errorCells
  const shown = text === '' ? 'a formula whose result is not stored in the file' : '{text}'
  context.log(
    'warning',
    `${count === 1 ? 'A cell has' : '{count} cells have'} no value because of an error; the first is {first}: ${shown}. ` +
      'Open the workbook in Excel, mend and save it, or let such rows be rejected.',
    { count, first, text },
  )
}
