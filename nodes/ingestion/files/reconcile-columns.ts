import type { ReaderRule, StartColumn } from '../../../src/core/artifacts.ts'
import type { ErrorValues } from '../../../src/core/errors.ts'
import type { FilesParams } from './definition.ts'

type Type = StartColumn['type']

/** What a file shows of its columns. */
export interface ShownColumns {
  path: string
  startColumns: readonly StartColumn[]
  /** Columns that have no value in this file, so that it shows nothing of their type. */
  empty: ReadonlySet<string>
}

export interface Disagreement {
  code: 'types-differ' | 'rules-differ'
  values: ErrorValues
}

/** A column as one file shows it. */
interface Shown {
  path: string
  column: StartColumn
}

/** The names that come out, in the order in which the files bring them. */
export function namesOf(files: readonly Pick<ShownColumns, 'startColumns'>[], keep: FilesParams['columns']) {
  const ofFile = files.map(({ startColumns }) => new Set(startColumns.map(({ name }) => name)))
  const names = [...new Set(ofFile.flatMap((each) => [...each]))]
  return keep === 'shared' ? names.filter((name) => ofFile.every((each) => each.has(name))) : names
}

/** The one column, with one type and one rule, that a name means in all files; or how two of them disagree. */
export function reconcileColumn(name: string, files: readonly ShownColumns[]): StartColumn | Disagreement {
  const all = files.flatMap(({ path, startColumns, empty }) =>
    startColumns
      .filter((column) => column.name === name)
      .map((column) => ({ path, column, isEmpty: empty.has(name) })),
  )
  const telling = all.filter(({ isEmpty }) => !isEmpty)
  const shown = telling.length > 0 ? telling : all
  const type = agreedType(name, shown)
  if (typeof type === 'object') return type
  const marks = agreedMarks(name, shown)
  if ('code' in marks) return marks
  const ruled = [...shown.filter(({ column }) => column.type === type), ...shown]
  const rule = ruled.find(({ column }) => column.rule)?.column.rule
  const { source } = shown[0]!.column
  return { name, type, source, ...(rule && { rule: { ...rule, ...marks } }) }
}

function agreedType(name: string, shown: readonly Shown[]): Type | Disagreement {
  const first = shown[0]!
  let type = first.column.type
  for (const { path, column } of shown) {
    const common = commonType(type, column.type)
    if (common === null) {
      const values = { column: name, type, file: first.path, otherType: column.type, otherFile: path }
      return { code: 'types-differ', values }
    }
    type = common
  }
  return type
}

function agreedMarks(name: string, shown: readonly Shown[]): Partial<ReaderRule> | Disagreement {
  const marks: Partial<Record<Field, string>> = {}
  for (const field of fields) {
    const said = shown.flatMap(({ path, column }) => {
      const value = shownRule(column, field)
      return value === undefined ? [] : [{ path, value }]
    })
    const [first] = said
    const other = said.find(({ value }) => value !== first!.value)
    if (first && other) {
      const values = { column: name, rule: wordsFor(first.value, field), file: first.path }
      const against = { otherRule: wordsFor(other.value, field), otherFile: other.path }
      return { code: 'rules-differ', values: { ...values, ...against } }
    }
    if (first && first.value !== implied[field]) marks[field] = first.value
  }
  return marks as Partial<ReaderRule>
}

function commonType(a: Type, b: Type): Type | null {
  if (a === b) return a
  const pair = new Set([a, b])
  if (pair.has('number') && pair.has('integer')) return 'number'
  return pair.has('date') && pair.has('datetime') ? 'datetime' : null
}

const fields = ['decimalMark', 'thousandsMark', 'format'] as const
type Field = (typeof fields)[number]

/** What the absence of a field means, where the values show that it is meant. */
const implied: Readonly<Record<Field, string | undefined>> = {
  decimalMark: '.',
  thousandsMark: undefined,
  format: 'ISO 8601',
}

/** How a file's column is written; undefined where that cannot be told from it, as from whole numbers. */
function shownRule({ type, rule }: StartColumn, field: Field): string | undefined {
  if (!rule) return undefined
  switch (field) {
    case 'decimalMark':
      return rule.decimalMark ?? (type === 'number' ? implied.decimalMark : undefined)
    case 'thousandsMark':
      return rule.thousandsMark
    case 'format':
      return rule.format ?? (type === 'date' || type === 'datetime' ? implied.format : undefined)
  }
}

function wordsFor(value: string, field: Field): string {
  switch (field) {
    case 'decimalMark':
      return `numbers with the decimal mark “${value}”`
    case 'thousandsMark':
      return `numbers with the thousands mark “${value}”`
    case 'format':
      return value
  }
}
