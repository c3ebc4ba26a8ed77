import { defineErrors } from '../../core/errors.ts'

export const excelError = defineErrors('excel', {
  'old-workbook': {
    kind: 'user',
    message: '“{file}” is a workbook of Excel 97–2003 (.xls).',
    remedy: 'Open it in Excel or LibreOffice and save it as an Excel workbook (.xlsx).',
  },
  encrypted: {
    kind: 'user',
    message: '“{file}” is protected by a password.',
    remedy: 'Open it with its password and save it without one.',
  },
  'binary-workbook': {
    kind: 'user',
    message: '“{file}” is a binary workbook (.xlsb).',
    remedy: 'Open it in Excel and save it as an Excel workbook (.xlsx).',
  },
  'open-document': {
    kind: 'user',
    message: '“{file}” is an OpenDocument spreadsheet (.ods).',
    remedy: 'Open it in LibreOffice or Excel and save it as an Excel workbook (.xlsx).',
  },
  'not-a-workbook': {
    kind: 'user',
    message: '“{file}” is no Excel workbook (.xlsx), whatever its name says.',
    remedy: 'Choose a workbook. A text or Parquet file is read with Read file.',
  },
  damaged: {
    kind: 'user',
    message: 'The workbook “{file}” is damaged or was cut off: {reason}.',
    remedy: 'Get the file again, or open it in Excel, let it be repaired and save it.',
  },
  'too-large': {
    kind: 'user',
    message: 'The workbook “{file}” would unpack to more than is safe: {reason}.',
    remedy: 'If it is meant to be so, save the sheet as CSV and read that.',
  },
  'no-sheet': {
    kind: 'user',
    message: 'There is no sheet {sheet} in “{file}”. It has {sheets}.',
    remedy: 'Choose one of these, by its name or its number from 1.',
  },
  'empty-sheet': {
    kind: 'user',
    message: 'There is nothing in the sheet “{sheet}” of “{file}”{where}. The sheets are {sheets}.',
    remedy: 'Choose another sheet or range.',
  },
  'bad-range': {
    kind: 'user',
    message: 'The range “{range}” cannot be used: {reason}.',
    remedy: 'Write it as in Excel: A1:F200, A:F for whole columns, or B3 for all from there on.',
  },
  'too-many-rows': {
    kind: 'user',
    message: 'The table has more than the {rows} rows that fit into an Excel sheet.',
    remedy: 'Write a CSV or Parquet file, or sample, filter or aggregate the table before.',
  },
  'too-many-columns': {
    kind: 'user',
    message: 'The table has {columns} columns, but an Excel sheet has at most 16,384.',
    remedy: 'Choose which columns are written, or write a Parquet file.',
  },
  'too-long-text': {
    kind: 'user',
    message: 'The text for cell {cell} has {characters} characters, but an Excel cell holds at most 32,767.',
    remedy: 'Leave its column out, shorten it with Clean text, or write a CSV or Parquet file.',
  },
  'too-much-to-write': {
    kind: 'user',
    message: 'The workbook would have more than 4 GB, which Excel does not open.',
    remedy: 'Write a CSV or Parquet file, or fewer rows or columns.',
  },
})
