import { z } from 'zod'
import { protocolError } from '../errors.ts'
import { parseCsv } from './parse-csv.ts'

/** A table that was sent: values by column, or by place where the columns have no names. */
export interface SentTable {
  rows: number
  columns: ReadonlyMap<string, readonly unknown[]>
}

const record = z.record(z.string(), z.unknown())
const splitSchema = z.object({
  columns: z.array(z.union([z.string(), z.number()]).transform(String)).optional(),
  data: z.array(z.array(z.unknown())),
})
const layouts = ['dataframe_split', 'dataframe_records', 'instances', 'inputs'] as const
const wantedKeys = `an object with exactly one of ${layouts.join(', ')}`

/** The table that a JSON body of the MLflow scoring protocol holds. `names` are the columns of the signature. */
export function tableOfJson(body: unknown, names: readonly string[]): SentTable {
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw badBody(`${wantedKeys} is wanted`)
  const given = layouts.filter((layout) => Object.hasOwn(body, layout))
  const [layout] = given
  if (!layout || given.length > 1) throw badBody(`${wantedKeys} is wanted`)
  const value = (body as Record<string, unknown>)[layout]
  switch (layout) {
    case 'dataframe_split':
      return tableOfSplit(value, names)
    case 'dataframe_records':
      return tableOfRecords(parsed(z.array(record), value, layout))
    case 'instances':
    case 'inputs':
      return tableOfTensors(value, { layout, names })
  }
}

/** The table that a CSV text with a header holds. */
export function tableOfCsv(text: string): SentTable {
  const [header, ...rows] = parseCsv(text)
  if (!header) throw badBody('it has no header')
  return tableOfRows(rows, header)
}

function tableOfSplit(value: unknown, names: readonly string[]): SentTable {
  const { columns, data } = parsed(splitSchema, value, 'dataframe_split')
  return tableOfRows(data, columns ?? names)
}

/** Columns are those of any record; what a record leaves out is no value. */
function tableOfRecords(records: readonly Record<string, unknown>[]): SentTable {
  const names = new Set(records.flatMap((each) => Object.keys(each)))
  const columns = Array.from(names, (name): [string, unknown[]] => [
    name,
    records.map((each) => (Object.hasOwn(each, name) ? (each[name] ?? null) : null)),
  ])
  return { rows: records.length, columns: new Map(columns) }
}

/** Records, columns of values, or rows of values in the order of the signature. */
function tableOfTensors(
  value: unknown,
  { layout, names }: { layout: string; names: readonly string[] },
): SentTable {
  if (!Array.isArray(value)) return tableOfColumns(parsed(record, value, layout))
  const records = z.array(record).safeParse(value)
  if (records.success) return tableOfRecords(records.data)
  const rows = value.map((row: unknown) => (Array.isArray(row) || names.length !== 1 ? row : [row]))
  return tableOfRows(parsed(z.array(z.array(z.unknown())), rows, layout), names)
}

/** Lists of values by column; what stands alone is a row of its own. Each value may be a list of one. */
function tableOfColumns(values: Readonly<Record<string, unknown>>): SentTable {
  const lists = Object.entries(values).map(([name, value]): [string, unknown[]] => {
    const list: unknown[] = Array.isArray(value) ? value : [value]
    return [
      name,
      list.map((each) => (Array.isArray(each) && each.length === 1 ? (each[0] as unknown) : each)),
    ]
  })
  const [first] = lists
  if (!first) throw badBody('it has no column')
  const other = lists.find(([, list]) => list.length !== first[1].length)
  if (other)
    throw badBody(`“${first[0]}” has ${first[1].length} values, but “${other[0]}” has ${other[1].length}`)
  return { rows: first[1].length, columns: new Map(lists) }
}

function tableOfRows(rows: readonly (readonly unknown[])[], names: readonly string[]): SentTable {
  const odd = rows.findIndex((row) => row.length !== names.length)
  if (odd >= 0) throw badBody(`row ${odd} has ${rows[odd]!.length} values for ${names.length} columns`)
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined) throw badBody(`the column “${twice}” is there twice`)
  const columns = names.map((name, index): [string, unknown[]] => [name, rows.map((row) => row[index])])
  return { rows: rows.length, columns: new Map(columns) }
}

function parsed<Schema extends z.ZodType>(schema: Schema, value: unknown, where: string): z.infer<Schema> {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const [issue] = result.error.issues
  throw badBody(`at “${[where, ...issue!.path].join('.')}”, ${issue!.message}`)
}

function badBody(problem: string): Error {
  return protocolError('bad-body', { problem })
}
