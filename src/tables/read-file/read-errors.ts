import { defineErrors } from '../../core/errors.ts'

export const readError = defineErrors('read', {
  'not-found': {
    kind: 'user',
    message: 'There is no file “{file}”.',
    remedy: 'Check the path; a relative one is relative to the pipeline file.',
  },
  'is-folder': {
    kind: 'user',
    message: '“{file}” is a folder, not a file.',
    remedy: 'Choose a file in it.',
  },
  'not-readable': {
    kind: 'environment',
    message: 'The file “{file}” cannot be opened: {reason}.',
    remedy: 'Check who may read it, and that no other program keeps it locked.',
  },
  empty: {
    kind: 'user',
    message: 'The file “{file}” is empty.',
    remedy: 'Choose a file with at least a header line.',
  },
  'no-rows': {
    kind: 'user',
    message:
      'The file “{file}” has a header, but no rows that can be read, so that the types of its columns are not known.',
    remedy: 'Choose a file with rows, or give the types of all columns, which makes it a table without rows.',
  },
  'bad-header': {
    kind: 'user',
    message: 'The names of the columns of “{file}”, on line {line}, cannot be read: {reason}',
    remedy:
      'Mend that line, or say that the first line has no names: then it is rejected, and the columns get numbers.',
  },
  'not-a-table': {
    kind: 'user',
    message: '“{file}” is {found}, not a table of text or Parquet.',
    remedy: '{advice}',
  },
  'not-parquet': {
    kind: 'user',
    message: '“{file}” is not a Parquet file, or only a part of one: {reason}.',
    remedy: 'Choose the format that the file has, or get the file again.',
  },
  'bad-json': {
    kind: 'user',
    message: 'The JSON in “{file}” is broken at line {line}: {reason}.',
    remedy: 'Mend the file there. An array of objects is wanted, or one object a line (format JSON lines).',
  },
  'nothing-readable': {
    kind: 'user',
    message: 'None of the {rows} rows of “{file}” can be read. The first fails so: {reason}',
    remedy: 'Check format, delimiter, quote, header, encoding and column types of the reader.',
  },
  'bad-dialect': {
    kind: 'user',
    message: 'The {option} “{value}” cannot be used: {reason}.',
    remedy:
      'Choose a single ordinary character such as , ; | or a tab, and a different one for each purpose.',
  },
  'bad-format': {
    kind: 'user',
    message: 'The date format “{format}” cannot be used: {reason}.',
    remedy:
      'Write it with YYYY, MM, DD, hh, mm, ss, SSS and the characters between them, such as DD.MM.YYYY.',
  },
  'same-marks': {
    kind: 'user',
    message: 'Decimal mark and thousands mark of column “{column}” are both “{mark}”.',
    remedy: 'Choose different ones, or no thousands mark.',
  },
  'unknown-columns': {
    kind: 'user',
    message: 'The reader has settings for columns that “{file}” does not have: {columns}. It has {found}.',
    remedy: 'Correct the names, or take the settings away.',
  },
  'no-columns': {
    kind: 'user',
    message: 'No columns were found in “{file}”.',
    remedy: 'Choose a file whose rows have at least one named value.',
  },
  'unsupported-column': {
    kind: 'user',
    message: 'Column “{column}” of “{file}” holds {type}, which is not supported.',
    remedy: 'Leave the column out when the file is written, or write it as text.',
  },
  disagreement: {
    kind: 'defect',
    message: 'Two ways of reading “{file}” found {scanned} and {loaded} rows.',
    remedy: 'Please report this, with the file if you can.',
  },
})
