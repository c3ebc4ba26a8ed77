import { ownValue } from '../../../core/own-value.ts'
import { protocolError } from '../errors.ts'
import { parseCsv } from './parse-csv.ts'

/** A table that was sent, as far as its columns are wanted. */
export interface SentTable {
  rows: number
  columns: ReadonlyMap<string, readonly unknown[]>
}

/** The columns of a request. */
export interface WantedColumns {
  /** Of the signature, in its order: what values without names are. */
  inputs: readonly string[]
  /** All that is looked at. */
  all: ReadonlySet<string>
}

type Row = Readonly<Record<string, unknown>>

const layouts = ['dataframe_split', 'dataframe_records', 'instances', 'inputs'] as const
const wantedKeys = `an object with exactly one of ${layouts.join(', ')}`

/** The table that a JSON body of the MLflow scoring protocol holds. */
export function tableOfJson(body: unknown, wanted: WantedColumns): SentTable {
  if (!isRow(body)) throw badBody(`${wantedKeys} is wanted`)
  const given = layouts.filter((layout) => Object.hasOwn(body, layout))
  const [layout] = given
  if (!layout || given.length > 1) throw badBody(`${wantedKeys} is wanted`)
  const value = body[layout]
  switch (layout) {
    case 'dataframe_split':
      return tableOfSplit(value, wanted)
    case 'dataframe_records':
      if (!areAll(value, isRow)) throw badBody('dataframe_records are no list of objects')
      return tableOfRecords(value, wanted)
    case 'instances':
    case 'inputs':
      return tableOfTensors(value, { layout, wanted })
  }
}

/** The table that a CSV text with a header holds. */
export function tableOfCsv(text: string, wanted: WantedColumns): SentTable {
  const [header, ...rows] = parseCsv(text)
  if (!header) throw badBody('it has no header')
  return tableOfRows(rows, { names: header, wanted })
}

function tableOfSplit(value: unknown, wanted: WantedColumns): SentTable {
  const { data, columns = wanted.inputs } = isRow(value) ? value : {}
  if (!areAll(data, isList)) throw badBody('dataframe_split has no “data” that are a list of rows')
  if (!areAll(columns, isName)) throw badBody('the “columns” of dataframe_split are no list of names')
  return tableOfRows(data, { names: columns.map(String), wanted })
}

/** A column is there where any record has it; what a record leaves out is no value. */
function tableOfRecords(records: readonly Record<string, unknown>[], { all }: WantedColumns): SentTable {
  const columns = Array.from(all, (name): [string, unknown[]] => [
    name,
    records.map((each) => ownValue(each, name)),
  ]).filter(([, values]) => values.some((value) => value !== undefined))
  return { rows: records.length, columns: new Map(columns) }
}

/** Records, columns of values, or rows of values in the order of the signature. */
function tableOfTensors(
  value: unknown,
  { layout, wanted }: { layout: string; wanted: WantedColumns },
): SentTable {
  if (isRow(value)) return tableOfColumns(value, wanted)
  if (areAll(value, isRow)) return tableOfRecords(value, wanted)
  if (!isList(value)) throw badBody(`${layout} is no table`)
  const rows = value.map((row) => (isList(row) || wanted.inputs.length !== 1 ? row : [row]))
  if (!areAll(rows, isList)) throw badBody(`${layout} are neither objects nor rows of values`)
  return tableOfRows(rows, { names: wanted.inputs, wanted })
}

/** Lists of values by column; what stands alone is a row of its own. Each value may be a list of one. */
function tableOfColumns(values: Row, { all }: WantedColumns): SentTable {
  const lists = Array.from(all).flatMap((name): [string, unknown[]][] => {
    const value = ownValue(values, name)
    if (value === undefined) return []
    const list: unknown[] = Array.isArray(value) ? value : [value]
    return [
      [name, list.map((each) => (Array.isArray(each) && each.length === 1 ? (each[0] as unknown) : each))],
    ]
  })
  const [first] = lists
  if (!first) throw badBody('it has none of the columns')
  const other = lists.find(([, list]) => list.length !== first[1].length)
  if (other)
    throw badBody(`“${first[0]}” has ${first[1].length} values, but “${other[0]}” has ${other[1].length}`)
  return { rows: first[1].length, columns: new Map(lists) }
}

function tableOfRows(
  rows: readonly (readonly unknown[])[],
  { names, wanted }: { names: readonly string[]; wanted: WantedColumns },
): SentTable {
  const odd = rows.findIndex((row) => row.length !== names.length)
  if (odd >= 0) throw badBody(`row ${odd} has ${rows[odd]!.length} values for ${names.length} columns`)
  const columns = new Map<string, unknown[]>()
  for (const [index, name] of names.entries()) {
    if (!wanted.all.has(name)) continue
    if (columns.has(name)) throw badBody(`the column “${name}” is there twice`)
    columns.set(
      name,
      rows.map((row) => row[index]),
    )
  }
  return { rows: rows.length, columns }
}

function areAll<Item>(value: unknown, is: (item: unknown) => item is Item): value is readonly Item[] {
  return Array.isArray(value) && value.every(is)
}

function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value)
}

function isName(value: unknown): value is string | number {
  return typeof value === 'string' || typeof value === 'number'
}

function badBody(problem: string): Error {
  return protocolError('bad-body', { problem })
}
