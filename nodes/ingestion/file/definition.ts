import { z } from 'zod'
import { columnTypes, unknownTable, type Shape, type TableShape } from '../../../src/core/columns.ts'
import { defineNode } from '../../../src/node-kit/define-node.ts'

export const fileFormats = ['csv', 'tsv', 'json', 'json-lines', 'parquet'] as const
const readableType = z.enum(columnTypes).exclude(['vector'])
const character = z.string().length(1)

const params = z.strictObject({
  path: z.string().min(1, 'Choose a file.').meta({
    title: 'File',
    description: 'The file to read. A relative path starts at the pipeline file.',
    widget: 'file',
  }),
  format: z.enum(fileFormats).optional().meta({
    title: 'Format',
    description: 'How the file is written. Found out from its name and content when left empty.',
  }),
  delimiter: character.optional().meta({
    title: 'Delimiter',
    description: 'The character between two values of a CSV file. Found out from the file when left empty.',
  }),
  quote: z
    .string()
    .max(1)
    .optional()
    .meta({
      title: 'Quote',
      description:
        'The character around values of a CSV file that hold a delimiter; an empty text where quotes mean nothing. ' +
        'A double quote when not given.',
    }),
  header: z.boolean().optional().meta({
    title: 'First line has names',
    description: 'Whether the first line of a CSV file names the columns. Found out when left empty.',
  }),
  escape: character.optional().meta({
    title: 'Escape',
    description: 'What stands before a quote inside quotes. The quote itself, doubled, when left empty.',
  }),
  encoding: z.enum(['utf-8', 'utf-16le', 'utf-16be', 'latin-1', 'windows-1252']).optional().meta({
    title: 'Encoding',
    description: 'How the file writes letters as bytes. Found out from the file when left empty.',
  }),
  trim: z
    .boolean()
    .optional()
    .meta({
      title: 'Trim spaces',
      description:
        'Whether spaces are taken off both ends of each value before anything else looks at it. Yes when left empty, but ' +
        'not in Parquet files.',
    }),
  nullValues: z
    .array(z.string())
    .optional()
    .meta({
      title: 'Null values',
      description:
        'Texts that mean “no value”, compared after trimming. The usual ones (nothing, NA, N/A, NaN, null and their like) ' +
        'when left empty; none in Parquet files.',
    }),
  decimalMark: z.enum(['.', ',']).optional().meta({
    title: 'Decimal mark',
    description: 'The character before the decimals of a number. Found out from the file when left empty.',
  }),
  thousandsMark: z.enum(['.', ',', ' ', "'", '_']).optional().meta({
    title: 'Thousands mark',
    description: 'The character between groups of digits; none when left empty.',
  }),
  dateFormat: z
    .string()
    .min(1)
    .optional()
    .meta({
      title: 'Date format',
      description:
        'How dates and times are written: YYYY, MM, DD, hh, mm, ss and SSS with the text between them, such as ' +
        '“DD.MM.YYYY”. ISO 8601 when left empty.',
    }),
  types: z.record(z.string(), readableType).default({}).meta({
    title: 'Types',
    description: 'The type of a column, where it should not be what its values look like.',
    widget: 'by-column',
  }),
  formats: z.record(z.string(), z.string().min(1)).default({}).meta({
    title: 'Date formats by column',
    description: 'The date format of a column, where it is another one.',
    widget: 'by-column',
  }),
  replace: z.record(z.string(), z.record(z.string(), z.string())).default({}).meta({
    title: 'Replace values',
    description: 'Whole values of a column that are read as another value.',
    widget: 'by-column',
  }),
  badRows: z.enum(['reject', 'fail']).default('reject').meta({
    title: 'Rows that do not fit',
    description: 'Puts rows that do not fit their columns into the table of rejected rows, or fails.',
  }),
  maximumRejectShare: z.number().min(0).max(1).default(0.05).meta({
    title: 'Most rejected rows',
    description:
      'Fails when a larger share of the rows would be rejected: then the settings are probably wrong.',
    widget: 'slider',
    unit: 'share',
  }),
})

export type IngestionFileParams = z.output<typeof params>

export const ingestionFile = defineNode({
  id: 'ingestion.file',
  version: 1,
  title: 'Read file',
  summary: 'Reads a table from a CSV, TSV, JSON, JSON lines or Parquet file.',
  description:
    'Finds out how the file is written and which type each column has; every finding can be overridden. Values are ' +
    'trimmed, compared with the null values, replaced and then parsed, in this order. These rules become part of ' +
    'every model that is trained on the table, so a request to that model is read in exactly the same way.\n\n' +
    'A row that does not fit (too few or too many values, a text in a column of numbers) goes to the table of ' +
    'rejected rows with its line and the reason: rows in the file are always rows read plus rows rejected.',
  keywords: [
    'import',
    'load',
    'open',
    'csv',
    'tsv',
    'json',
    'ndjson',
    'jsonl',
    'parquet',
    'dataset',
    'source',
  ],
  inputs: {},
  outputs: {
    table: { type: 'table', title: 'Table', description: 'The rows that were read.' },
    rejects: {
      type: 'table',
      title: 'Rejected rows',
      description: 'Each row that does not fit, with its line in the file and the reason.',
    },
  },
  params,
  failures: {
    'row-does-not-fit': {
      kind: 'user',
      message:
        'Rows of “{path}” that do not fit their columns: {count}. The first is on line {line}: {reason}',
      remedy: 'Mend the file, correct the types or null values, or let such rows be rejected.',
    },
    'too-many-rejects': {
      kind: 'user',
      message:
        '{count} of {rows} rows of “{path}” do not fit their columns. The first is on line {line}: {reason}',
      remedy: 'Check delimiter, quote, types and null values, or allow a larger share of rejected rows.',
    },
  },
  examples: [
    {
      title: 'Spaces, a question mark for “no value”, and dots after the labels',
      params: {
        path: 'census.csv',
        nullValues: ['', '?'],
        replace: { income: { '<=50K.': '<=50K', '>50K.': '>50K' } },
      },
      inputs: {},
      files: {
        'census.csv':
          'age,workclass,income\n39, State-gov, <=50K\n50, ?, >50K.\n38, Private, <=50K.\n53, Private, <=50K\n',
      },
    },
    {
      title: 'Numbers and dates as they are written in Germany',
      params: { path: 'sales.csv', decimalMark: ',', formats: { day: 'DD.MM.YYYY' }, types: { day: 'date' } },
      inputs: {},
      files: { 'sales.csv': 'day;shop;revenue\n01.03.2026;Jena;1250,50\n02.03.2026;Gera;980,00\n' },
    },
  ],
  effect: 'source',
  learnsFrom: 'nothing',
  files: ({ path }) => [path],
  propagate: ({ probed }) => ({
    outputs: { table: tableOf(probed?.['table']), rejects: tableOf(probed?.['rejects']) },
  }),
})

const tableOf = (shape: Shape | undefined): TableShape => (shape?.kind === 'table' ? shape : unknownTable)
