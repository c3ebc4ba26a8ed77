import { z } from 'zod'
import { defineNode } from '../../../src/node-kit/define-node.ts'
import { dialectParams, formatParams, readShapes, rejectParams, valueParams } from '../reader-params.ts'
import { rejectFailures } from '../reject-failures.ts'

const params = z.strictObject({
  path: z.string().min(1, 'Choose a file.').meta({
    title: 'File',
    description: 'The file to read. A relative path starts at the pipeline file.',
    widget: 'file',
  }),
  ...formatParams,
  ...dialectParams,
  ...valueParams,
  ...rejectParams,
})

export type FileParams = z.output<typeof params>

export const ingestionFile = defineNode({
  id: 'ingestion.file',
  version: 1,
  title: 'Read file',
  summary: 'Reads a table from a CSV, TSV, JSON, JSON lines or Parquet file.',
  description:
    'Finds out how the file is written and which type each column has; every finding can be overridden. Values are ' +
    'trimmed, compared with the null values, replaced and then parsed, in this order. These rules become part of ' +
    'every model that is trained on the table, so a request to that model is read in exactly the same way.\n\n' +
    'The type of a column is the one that all its values in the first 20,000 rows have; else it is text. Where nearly ' +
    'all of them (95 % of at least 20) are numbers, dates or booleans, a warning names the first that is not: set ' +
    'the type of the column, and such rows are rejected, or add the text to the null values.\n\n' +
    'A row that does not fit (too few or too many values, a value that does not have the type of its column) goes to ' +
    'the table of rejected rows with its line, its column and the reason: rows in the file are always rows read plus ' +
    'rows rejected.',
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
      description: 'Each row that does not fit, with its line in the file, the column and the reason.',
    },
  },
  params,
  failures: rejectFailures,
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
  propagate: ({ probed }) => ({ outputs: readShapes(probed) }),
})
