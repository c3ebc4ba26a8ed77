import type { RawValue } from '../contract/model-details.ts'
import type { StartColumn } from '../core/artifacts.ts'
import type { ColumnChunk } from '../tables/column-chunk.ts'
import { rowReader } from '../tables/row-reader.ts'

/**
 * Rows as a caller would send them, so that they are read as exactly these values by the rules of the columns. Null for a
 * row that no request can say, such as one with a text that the rule would trim.
 */
export function asRequestRows(
  inputs: readonly StartColumn[],
  chunk: ColumnChunk,
): (Record<string, RawValue> | null)[] {
  const columns = inputs.map((input) => ({ input, say: sayer(input), values: chunk.columns[input.name]! }))
  return Array.from({ length: chunk.rows }, (_, row) => {
    const said: [string, RawValue][] = []
    for (const { input, say, values } of columns) {
      const value = say(values[row]!)
      if (value === undefined) return null
      said.push([input.name, value])
    }
    return Object.fromEntries(said)
  })
}

/** Says one value of a column; undefined where nothing would be read as it. */
function sayer(input: StartColumn): (value: number | string) => RawValue | undefined {
  const reader = rowReader([input])
  const room = reader.makeColumns(1)
  const isReadAs = (said: RawValue, value: number | string): boolean =>
    typeof reader.readRow({ [input.name]: said }, room, 0) === 'number' && Object.is(room[0]![0], value)
  return (value) => candidates(input, value).find((said) => isReadAs(said, value))
}

function candidates({ type, rule }: StartColumn, value: number | string): RawValue[] {
  if (typeof value === 'string') return value === '' ? [null, ''] : [value]
  if (Number.isNaN(value)) return [null]
  switch (type) {
    case 'boolean':
      return [value === 1]
    case 'date':
    case 'datetime':
      return dateTexts(value, rule?.format)
    case 'number':
    case 'integer':
      return Number.isFinite(value) ? [value, String(value)] : [value > 0 ? 'inf' : '-inf']
    case 'text':
      return []
  }
}

function dateTexts(epochMs: number, format: string | undefined): string[] {
  const date = new Date(epochMs)
  if (Number.isNaN(date.getTime())) return []
  const iso = date.toISOString()
  const [, year, month, day, hour, minute, second, ms] =
    /^([+-]?\d+)-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)\.(\d{3})Z$/.exec(iso)!
  const inFormat = format
    ?.replace('YYYY', year!)
    .replace('MM', month!)
    .replace('DD', day!)
    .replace('hh', hour!)
    .replace('mm', minute!)
    .replace('SSS', ms!)
    .replace('ss', second!)
  return [
    ...(inFormat === undefined ? [] : [inFormat]),
    iso.slice(0, iso.indexOf('T')),
    iso,
    iso.slice(0, -1),
  ]
}
