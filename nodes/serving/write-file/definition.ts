import { z } from 'zod'
import { unknownColumns } from '../../../src/node-kit/column-selection.ts'
import { defineNode } from '../../../src/node-kit/define-node.ts'
import { customers, customersCsv } from '../../example-tables.ts'
import { partFindings } from '../../part-findings.ts'

const params = z.strictObject({
  path: z.string().min(1, 'Choose a file.').meta({
    title: 'File',
    description:
      'The file to write. A relative path starts at the pipeline file. A file that is there is replaced.',
    widget: 'file-to-write',
  }),
  format: z.enum(['csv', 'tsv', 'json', 'json-lines', 'parquet', 'excel']).optional().meta({
    title: 'Format',
    description: 'How the file is written. As the ending of its name says when left empty, else CSV.',
  }),
  columns: z.array(z.string()).default([]).meta({
    title: 'Columns',
    description: 'Which columns are written, in this order. All when left empty.',
    widget: 'columns',
  }),
  rows: z.enum(['all', 'train', 'validation', 'test']).default('all').meta({
    title: 'Rows',
    description: 'Which rows are written.',
  }),
  delimiter: z.string().length(1).default(',').meta({
    title: 'Delimiter',
    description: 'The character between two values of a CSV file.',
  }),
  nullValue: z.string().default('').meta({
    title: 'Null value',
    description: 'What stands for “no value” in a CSV or TSV file.',
  }),
  header: z.boolean().default(true).meta({
    title: 'First line has names',
    description: 'Whether the first line of a CSV or TSV file, or row of an Excel sheet, names the columns.',
  }),
  guardFormulas: z
    .boolean()
    .default(false)
    .meta({
      title: 'Guard against formulas',
      description:
        'Puts an apostrophe before texts in CSV and TSV files that a spreadsheet would run as a formula. Such texts do not ' +
        'read back as they were.',
    }),
})
export type WriteFileParams = z.output<typeof params>

export const writeFile = defineNode({
  id: 'serving.write-file',
  version: 1,
  title: 'Write file',
  summary: 'Writes a table to a CSV, TSV, JSON, JSON lines, Parquet or Excel file.',
  description:
    'The file is there whole or not at all: it is written beside its place and moved when it is complete. The step runs ' +
    'again when the file was changed or removed. An encoded column is written as one column for each of its elements, ' +
    'dates and times as ISO 8601 in UTC.\n\n' +
    'An Excel workbook (.xlsx) has one sheet. Texts in it are texts, whatever they look like, and never run as formulas; ' +
    'dates and times are dates of Excel. Whole numbers of more than 15 digits, and days that Excel does not know, are ' +
    'texts. A table that has no room in a sheet (1,048,576 rows with the header, 16,384 columns, 32,767 characters in a ' +
    'cell) is refused.',
  keywords: [
    'export',
    'save',
    'download',
    'output',
    'csv',
    'parquet',
    'json',
    'excel',
    'xlsx',
    'spreadsheet',
    'to_csv',
  ],
  inputs: { table: { type: 'table', title: 'Table' } },
  outputs: {},
  params,
  failures: {
    'cannot-write': {
      kind: 'environment',
      message: 'The file “{path}” cannot be written: {reason}.',
      remedy: 'Check that the folder may be written to and the disk is not full.',
    },
  },
  examples: [
    {
      title: 'Two columns for a spreadsheet',
      params: { path: 'leaving.csv', columns: ['customer', 'churn'], delimiter: ';' },
      inputs: { table: customers },
    },
    {
      title: 'A workbook for Excel',
      params: { path: 'leaving.xlsx', columns: ['customer', 'months', 'churn'] },
      inputs: { table: customers },
    },
    {
      title: 'For a data warehouse',
      params: { path: 'customers.parquet' },
      inputs: { table: { csv: customersCsv(10) } },
    },
  ],
  effect: 'sink',
  learnsFrom: 'nothing',
  writes: ({ path }) => [path],
  propagate: ({ inputs: { table }, params: { columns, rows } }) => ({
    outputs: {},
    findings: [
      ...unknownColumns({ table, names: columns, param: (index) => `columns.${index}` }),
      ...partFindings(table, rows),
    ],
  }),
})
