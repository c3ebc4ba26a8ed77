import type { Artifact, StartColumn } from '../../core/artifacts.ts'
import type { RunContext } from '../../node-kit/run-context.ts'
import { valueParser, type ParsedValue, type ValueProblem } from '../parse-value.ts'
import type { RuledColumn } from '../reader-grammar.ts'
import type { FileRows, RowProblem } from './file-rows.ts'
import { rejectColumns, type RejectReason } from './read-options.ts'
import { RejectsWriter, type Reject } from './write-rejects.ts'

export interface StoredRejects {
  table: { rows: Artifact<'rows'>; startColumns: StartColumn[] }
  count: number
  reasons: Partial<Record<RejectReason, number>>
  first: Reject | null
}

/** Stores the rows that have a problem of their own or a text that is no value of its column, in the file's order. */
export async function rejectRows(
  context: RunContext,
  rows: FileRows,
  wanted: {
    startColumns: readonly StartColumn[]
    /** Numbers among the rows without a problem, ascending. */
    unreadableRows: Float64Array
    count: number
  },
): Promise<StoredRejects> {
  const { unreadableRows } = wanted
  const parsers = wanted.startColumns.map((column) => valueParser(column as RuledColumn))
  const writer = await RejectsWriter.open(context)
  try {
    let row = 0
    let next = 0
    const visit = (): 'stop' | undefined => {
      const isUnreadable = rows.problem === null && row++ === unreadableRows[next]
      if (isUnreadable) next++
      const problem = isUnreadable ? valueProblem(rows, parsers, wanted.startColumns) : rows.problem
      if (problem) {
        const { reason, message, column = null } = problem
        writer.add({ line: rows.line, column, reason, message, raw: rows.raw() })
      }
      return writer.count === wanted.count ? 'stop' : undefined
    }
    if (wanted.count > 0) await rows.forEach(visit)
    const startColumns = rejectColumns.map(({ name, type }) => ({ name, type, source: context.node }))
    const table = { rows: await writer.write(), startColumns }
    return { table, count: writer.count, reasons: writer.reasons, first: writer.first }
  } finally {
    writer.close()
  }
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
      return { ...explainValue(parsed.problem, text!, type), column: name }
    }
  }
  return { reason: 'wrong-type', message: 'A value is not of the type of its column.' }
}

/** What is wrong with a text that is no value of a type, in words. */
export function explainValue(problem: ValueProblem, text: string, type: StartColumn['type']): RowProblem {
  const shown = text.length > 60 ? `${text.slice(0, 60)}…` : text
  switch (problem) {
    case 'wrong-type':
      return { reason: 'wrong-type', message: `“${shown}” is no ${typeNames[type]}.` }
    case 'out-of-range':
      return { reason: 'out-of-range', message: `“${shown}” is out of range for a ${typeNames[type]}.` }
    case 'nul-character':
      return { reason: 'nul-character', message: 'There is a NUL character in the text.' }
    case 'not-unicode':
      return { reason: 'bad-encoding', message: 'There is half of a surrogate pair in the text.' }
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
