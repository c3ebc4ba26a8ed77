import { z } from 'zod'
import { defineNode } from '../../../src/node-kit/define-node.ts'
import { readShapes, rejectParams, valueParams } from '../reader-params.ts'
import { budgetWorkbook } from './budget-workbook.ts'

const { trim, nullValues, dateFormat, types, formats, replace } = valueParams

const params = z.strictObject({
  path: z.string().min(1, 'Choose a workbook.').meta({
    title: 'Workbook',
    description: 'The Excel workbook (.xlsx, .xlsm) to read. A relative path starts at the pipeline file.',
    widget: 'file',
  }),
  sheet: z
    .union([z.string().min(1), z.int().min(1)])
    .default(1)
    .meta({
      title: 'Sheet',
      description: 'The name of the sheet, or its number from 1.',
    }),
  range: z
    .string()
    .min(1)
    .optional()
    .meta({
      title: 'Range',
      description:
        'Which cells are read, such as “A1:F200”, “A:F” for whole columns or “B3” for all from there on. All of the sheet ' +
        'when left empty.',
    }),
  header: z.boolean().optional().meta({
    title: 'First row has names',
    description: 'Whether the first row names the columns. Found out when left empty.',
  }),
  mergedCells: z
    .enum(['first', 'each'])
    .default('first')
    .meta({
      title: 'Merged cells',
      description:
        'First: the value of merged cells stands in the first of them, as in the workbook, and the others have none. ' +
        'Each: all of them have it, in rows that have a value of their own.',
    }),
  errorCells: z
    .enum(['null', 'reject'])
    .default('null')
    .meta({
      title: 'Cells with errors',
      description:
        'What becomes of a cell that shows an error, such as #N/A, or of a formula whose result is not in the file: no ' +
        'value, with a warning, or its row is rejected.',
    }),
  trim: trim.meta({
    title: 'Trim spaces',
    description: 'Whether spaces are taken off both ends of texts. Yes when left empty.',
  }),
  nullValues: nullValues.meta({
    title: 'Null values',
    description:
      'Texts that mean “no value”, compared after trimming. The usual ones (NA, N/A, NaN, null and their like) when ' +
      'left empty.',
  }),
  dateFormat: dateFormat.meta({
    title: 'Date format of texts',
    description:
      'How dates that were typed in as texts are written, such as “DD.MM.YYYY”; cells that hold dates need none. Found ' +
      'out from the texts when left empty.',
  }),
  types,
  formats: formats.meta({
    title: 'Date formats by column',
    description: 'The date format of a column of texts, where it is another one.',
    widget: 'by-column',
  }),
  replace,
  ...rejectParams,
})
export type ExcelParams = z.output<typeof params>

export const excel = defineNode({
  id: 'ingestion.excel',
  version: 1,
  title: 'Read Excel',
  summary: 'Reads a table from a sheet of an Excel workbook.',
  description:
    'The table is what stands in the sheet or in the range: its first row with a value names the columns, each further ' +
    'row with a value is a row of the table. Columns without a name and without a value in the first 20,000 rows are ' +
    'left out.\n\n' +
    'The type of a column is that of its cells: numbers, true and false, dates by the format they are shown in, else ' +
    'text. Digits that were typed in as text stay text, so that codes keep their zeros. Times of day and durations ' +
    'without a date are numbers of days, as Excel stores them. Formulas count with the results that are stored in the ' +
    'file.\n\n' +
    'A row that does not fit goes to the table of rejected rows with its row of the sheet as line: rows with values ' +
    'in the sheet are always the header, rows read and rows rejected. The workbook is read bit by bit, so that it may ' +
    'be larger than the memory.',
  keywords: [
    'xlsx',
    'xlsm',
    'spreadsheet',
    'workbook',
    'sheet',
    'import',
    'read_excel',
    'openpyxl',
    'libreoffice',
  ],
  inputs: {},
  outputs: {
    table: { type: 'table', title: 'Table', description: 'The rows that were read.' },
    rejects: {
      type: 'table',
      title: 'Rejected rows',
      description: 'Each row that does not fit, with its row in the sheet (line), the column and the reason.',
    },
  },
  params,
  failures: {
    'row-does-not-fit': {
      kind: 'user',
      message:
        'Rows of “{path}” that do not fit their columns: {count}. The first is row {line} of the sheet: {reason}',
      remedy: 'Mend the sheet, correct the types or null values, or let such rows be rejected.',
    },
    'too-many-rejects': {
      kind: 'user',
      message:
        '{count} of {rows} rows of “{path}” do not fit their columns. The first is row {line} of the sheet: {reason}',
      remedy: 'Check range, header, types and null values, or allow a larger share of rejected rows.',
    },
  },
  examples: [
    {
      title: 'A sheet by its name',
      params: { path: 'budget.xlsx', sheet: 'Costs' },
      inputs: {},
      files: { 'budget.xlsx': budgetWorkbook },
    },
    {
      title: 'A part of a sheet, a column of it as text',
      params: { path: 'budget.xlsx', sheet: 2, range: 'B3:D6', types: { account: 'text' } },
      inputs: {},
      files: { 'budget.xlsx': budgetWorkbook },
    },
  ],
  effect: 'source',
  learnsFrom: 'nothing',
  files: ({ path }) => [path],
  propagate: ({ probed }) => ({ outputs: readShapes(probed) }),
})
