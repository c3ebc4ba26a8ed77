import type { StartColumn } from '../../core/artifacts.ts'
import { valueParser, type ParsedValue, type ValueProblem } from '../parse-value.ts'
import type { RuledColumn } from '../reader-grammar.ts'
import type { FileRows, RowProblem } from './file-rows.ts'
import type { RejectsWriter } from './write-rejects.ts'

/** The rows that have a problem of their own, or a text that is no value of its column, in the file's order. */
export async function rejectRows(
  rejects: RejectsWriter,
  rows: FileRows,
  wanted: {
    startColumns: readonly StartColumn[]
    /** Numbers among the rows without a problem, ascending. */
    unreadableRows: Float64Array
    count: number
  },
): Promise<void> {
  const { unreadableRows, startColumns } = wanted
  const parsers = startColumns.map((column) => valueParser(column as RuledColumn))
  let row = 0
  let next = 0
  await rows.forEach(() => {
    const isUnreadable = rows.problem === null && row++ === unreadableRows[next]
    if (isUnreadable) next++
    const problem = isUnreadable ? valueProblem(rows, parsers, startColumns) : rows.problem
    if (problem) {
      const { reason, message, column = null } = problem
      rejects.add({ line: rows.line, column, reason, message, raw: rows.raw() })
    }
    return rejects.count === wanted.count ? 'stop' : undefined
  })
}

function valueProblem(
  rows: FileRows,
  parsers: readonly ((text: string) => ParsedValue)[],
  columns: readonly StartColumn[],
): RowProblem {
  for (const [index, { name, type }] of columns.entries()) {
    const text = rows.cell(index)
    const parsed = text === null ? { value: null } : parsers[index]!(text)
    if ('problem' in parsed) {
      return { ...explainValue(parsed.problem, text!, { name, type }), column: name }
    }
  }
  return { reason: 'wrong-type', message: 'A value is not of the type of its column.' }
}

/** What is wrong with a text that is no value of a type, in words. */
export function explainValue(
  problem: ValueProblem,
  text: string,
  { name, type }: Pick<StartColumn, 'name' | 'type'>,
): RowProblem {
  const where = `column “${name}”`
  const shown = text.length > 60 ? `${text.slice(0, 60)}…` : text
  switch (problem) {
    case 'wrong-type':
      return { reason: 'wrong-type', message: `“${shown}” in ${where} is no ${typeNames[type]}.` }
    case 'out-of-range':
      return {
        reason: 'out-of-range',
        message: `“${shown}” in ${where} is out of range for a ${typeNames[type]}.`,
      }
    case 'nul-character':
      return { reason: 'nul-character', message: `There is a NUL character in the text of ${where}.` }
    case 'not-unicode':
      return { reason: 'bad-encoding', message: `There is half of a surrogate pair in the text of ${where}.` }
  }
}

const typeNames: Readonly<Record<StartColumn['type'], string>> = {
  number: 'number',
  integer: 'whole number',
  boolean: 'true or false',
  text: 'text',
  date: 'date',
  datetime: 'date and time',
}
