import { z } from 'zod'
import { defineNode } from '../../../src/node-kit/define-node.ts'
import { dialectParams, readShapes, rejectParams, valueParams } from '../reader-params.ts'

const { delimiter, quote, header } = dialectParams
const value = z.union([z.string(), z.number(), z.boolean(), z.null()])

const params = z
  .strictObject({
    text: z.string().default('').meta({
      title: 'Table',
      description: 'The table as CSV text, typed or pasted: a line of names, then a line for each row.',
      widget: 'text-area',
    }),
    rows: z.array(z.record(z.string(), value)).default([]).meta({
      title: 'Rows',
      description: 'The rows as objects, each with its values by column, instead of a text.',
    }),
    delimiter,
    quote,
    header,
    ...valueParams,
    ...rejectParams,
  })
  .refine(({ text, rows }) => text.trim() !== '' || rows.length > 0, {
    path: ['text'],
    message: 'Type or paste a table, or give rows.',
  })
  .refine(({ text, rows }) => text.trim() === '' || rows.length === 0, {
    path: ['rows'],
    message: 'Give a text or rows, not both.',
  })

export const inline = defineNode({
  id: 'ingestion.inline',
  version: 1,
  title: 'Type in table',
  summary: 'A small table that stands in the pipeline itself, typed or pasted.',
  description:
    'For a lookup table, a few rows to try something on, or a threshold for each group. Pasting from a spreadsheet ' +
    'works: its cells are separated by tabs, which are found out. Types, null values and marks are found out and can ' +
    'be overridden as in *Read file*, and become part of a model in the same way. A text in *Rows* stays text, unless ' +
    'it is a date or a type is given.\n\n' +
    'Larger tables belong into files: the pipeline file is read by people.',
  keywords: [
    'paste',
    'clipboard',
    'literal',
    'constant table',
    'manual',
    'lookup',
    'create table',
    'dataframe',
  ],
  inputs: {},
  outputs: {
    table: { type: 'table', title: 'Table', description: 'The rows as they were typed.' },
    rejects: {
      type: 'table',
      title: 'Rejected rows',
      description: 'Each row that does not fit, with its line and the reason.',
    },
  },
  params,
  failures: {
    'row-does-not-fit': {
      kind: 'user',
      message: 'Rows that do not fit their columns: {count}. The first is on line {line}: {reason}',
      remedy: 'Mend the table, correct the types or null values, or let such rows be rejected.',
    },
    'too-many-rejects': {
      kind: 'user',
      message: '{count} of {rows} rows do not fit their columns. The first is on line {line}: {reason}',
      remedy: 'Check delimiter, types and null values, or allow a larger share of rejected rows.',
    },
  },
  examples: [
    {
      title: 'The region of each shop',
      params: { text: 'shop,region,opened\nJena,Thuringia,2019-04-01\nKiel,Holstein,2021-10-15\n' },
      inputs: {},
    },
    {
      title: 'Rows as objects',
      params: {
        rows: [
          { grade: 'Fair', rank: 1 },
          { grade: 'Good', rank: 2 },
          { grade: 'Ideal', rank: null },
        ],
        types: { rank: 'number' },
      },
      inputs: {},
    },
  ],
  effect: 'source',
  learnsFrom: 'nothing',
  propagate: ({ probed }) => ({ outputs: readShapes(probed) }),
})
export type InlineParams = z.output<typeof params>
