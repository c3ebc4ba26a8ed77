import { z } from 'zod'
import { defineNode } from '../../../src/node-kit/define-node.ts'
import { dialectParams, formatParams, readShapes, rejectParams, valueParams } from '../reader-params.ts'
import { rejectFailures } from '../reject-failures.ts'

const params = z.strictObject({
  pattern: z
    .string()
    .min(1, 'Say which files.')
    .meta({
      title: 'Files',
      description:
        'Which files are read, such as “sales/2026-*.csv”: * is any part of a name, ? one character, ** any folders, ' +
        '{a,b} one or the other. A relative pattern starts at the pipeline file. Hidden files are left out.',
    }),
  columns: z
    .enum(['same', 'all', 'shared'])
    .default('same')
    .meta({
      title: 'Columns',
      description:
        'Same: every file has the same columns, in any order. All: a column that a file lacks has no values there. ' +
        'Shared: only columns that every file has.',
    }),
  sourceColumn: z.string().default('').meta({
    title: 'Source column',
    description: 'Name of a text column with the file that a row came from; none when left empty.',
  }),
  ...formatParams,
  ...dialectParams,
  ...valueParams,
  ...rejectParams,
})
export type FilesParams = z.output<typeof params>

export const ingestionFiles = defineNode({
  id: 'ingestion.files',
  version: 1,
  title: 'Read files',
  summary: 'Reads all files that match a pattern into one table.',
  description:
    'The files are read in the order of their names, each as *Read file* does, and their rows come out under one ' +
    'another. Columns are matched by name and read by one rule in all files: what one file shows (a decimal mark, a ' +
    'date format) holds for the others. Whole numbers in one file and numbers in another become numbers; any other ' +
    'difference is refused, with the files that differ.\n\n' +
    'The step runs again when a matching file changes, comes or goes. With a source column, *Split* can use one ' +
    'file to train and another to test.',
  keywords: [
    'glob',
    'folder',
    'directory',
    'wildcard',
    'partitioned',
    'concatenate',
    'batch',
    'csv',
    'parquet',
  ],
  inputs: {},
  outputs: {
    table: { type: 'table', title: 'Table', description: 'The rows of all files.' },
    rejects: {
      type: 'table',
      title: 'Rejected rows',
      description: 'Each row that does not fit, with its file, its line there and the reason.',
    },
  },
  params,
  failures: {
    'no-files': {
      kind: 'user',
      message: 'No file matches “{pattern}”.',
      remedy: 'Check the pattern; a relative one starts at the pipeline file.',
    },
    'columns-differ': {
      kind: 'user',
      message: 'The files do not have the same columns: “{file}” lacks {columns}.',
      remedy: 'Choose all or only shared columns, correct the header, or leave the file out of the pattern.',
    },
    'no-shared-columns': {
      kind: 'user',
      message: 'There is no column that all of the {files} files have.',
      remedy: 'Choose all columns, or a pattern for files of one kind.',
    },
    'types-differ': {
      kind: 'user',
      message: '“{column}” is {type} in “{file}” and {otherType} in “{otherFile}”.',
      remedy: 'Give the column one type with “Types”, or mend the file where it is not what it should be.',
    },
    'rules-differ': {
      kind: 'user',
      message: '“{column}” is written as {rule} in “{file}” and as {otherRule} in “{otherFile}”.',
      remedy:
        'Say here which it is if one of them is wrong; else read files that are written in different ways with a step ' +
        'each, and append their tables.',
    },
    'unknown-columns': {
      kind: 'user',
      message: 'There are settings for columns that no file has: {columns}.',
      remedy: 'Correct the names, or take the settings away.',
    },
    'name-taken': {
      kind: 'user',
      message: 'The files already have a column “{column}”.',
      remedy: 'Choose another name for the source column.',
    },
    ...rejectFailures,
  },
  examples: [
    {
      title: 'The months of a year',
      params: { pattern: 'sales/2026-*.csv', sourceColumn: 'file' },
      inputs: {},
      files: {
        'sales/2026-01.csv': 'shop,sales\nJena,12\nGera,9\n',
        'sales/2026-02.csv': 'sales,shop\n14.5,Jena\n,Gera\n',
      },
    },
    {
      title: 'Files with columns that came later',
      params: { pattern: 'visits/*.{csv,json}', columns: 'all' },
      inputs: {},
      files: {
        'visits/first.csv': 'shop,visitors\nJena,310\n',
        'visits/second.json': '[{"shop":"Gera","visitors":250,"weather":"rain"}]',
      },
    },
  ],
  effect: 'source',
  learnsFrom: 'nothing',
  filePatterns: ({ pattern }) => [pattern],
  propagate: ({ probed }) => ({ outputs: readShapes(probed) }),
})
