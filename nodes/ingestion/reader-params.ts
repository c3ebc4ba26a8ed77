import { z } from 'zod'
import { columnTypes, unknownTable, type Shape, type TableShape } from '../../src/core/columns.ts'
import type { Shapes } from '../../src/node-kit/propagation.ts'

const readableType = z.enum(columnTypes).exclude(['vector'])
const character = z.string().length(1)

export const formatParams = {
  format: z.enum(['csv', 'tsv', 'json', 'json-lines', 'parquet']).optional().meta({
    title: 'Format',
    description: 'How the file is written. Found out from its name and content when left empty.',
  }),
}

/** How the text of a table is cut into rows and values. */
export const dialectParams = {
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
}

/** How a text becomes a value of its column. */
export const valueParams = {
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
        '“DD.MM.YYYY”. It always counts: only a column whose type is not given may be ISO 8601 as well. Found out from ' +
        'the values when left empty: ISO 8601, YYYY/MM/DD, DD.MM.YYYY, and with a slash or a dash day or month first, ' +
        'where some day is above 12; where none is, the column stays text, with a warning: set its format.',
    }),
  types: z
    .record(z.string(), readableType)
    .default({})
    .meta({
      title: 'Types',
      description:
        'The type of a column, where it should not be what its values look like. Rows whose value does not have it are ' +
        'rejected.',
      widget: 'by-column',
    }),
  formats: z.record(z.string(), z.string().min(1)).default({}).meta({
    title: 'Date formats by column',
    description:
      'The date format of a column, where it is another one. It always counts: rows that do not fit it are rejected.',
    widget: 'by-column',
  }),
  replace: z.record(z.string(), z.record(z.string(), z.string())).default({}).meta({
    title: 'Replace values',
    description: 'Whole values of a column that are read as another value.',
    widget: 'by-column',
  }),
  rules: z
    .record(
      z.string(),
      z.strictObject({
        trim: z.boolean().optional(),
        nullValues: z.array(z.string()).optional(),
        decimalMark: z.enum(['.', ',']).optional(),
        thousandsMark: z.enum(['.', ',', ' ', "'", '_']).optional(),
        trueValues: z.array(z.string()).optional(),
        falseValues: z.array(z.string()).optional(),
      }),
    )
    .default({})
    .meta({
      title: 'Rules by column',
      description:
        'How the values of a column are read, where it is not as in the others; the texts that mean true and false ' +
        'in a column of the type boolean.',
      widget: 'by-column',
    }),
}

/** What happens to rows that cannot be read. */
export const rejectParams = {
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
}

const readerParams = z.strictObject({ ...formatParams, ...dialectParams, ...valueParams, ...rejectParams })
export type ReaderParams = z.output<typeof readerParams>

/** What probing a reader gave: its table and its rejected rows. */
export function readShapes(probed: Shapes | null): { table: TableShape; rejects: TableShape } {
  return { table: tableOf(probed?.['table']), rejects: tableOf(probed?.['rejects']) }
}

const tableOf = (shape: Shape | undefined): TableShape => (shape?.kind === 'table' ? shape : unknownTable)
