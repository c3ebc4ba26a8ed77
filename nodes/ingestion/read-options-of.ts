import { ownValue } from '../../src/core/own-value.ts'
import type { ColumnReadOptions, ReadOptions } from '../../src/tables/read-file/read-options.ts'
import type { ReaderParams } from './reader-params.ts'

type Given = { [Name in keyof ReaderParams]?: ReaderParams[Name] | undefined }

/** The parameters of a node that reads, as options of the reader of a file (its absolute path). */
export function readOptionsOf(path: string, params: Given): ReadOptions {
  const { quote, types = {}, formats = {}, replace = {}, rules = {} } = params
  const { format, delimiter, header, escape, encoding } = params
  const { trim, nullValues, decimalMark, thousandsMark, dateFormat } = params
  const names = new Set([types, formats, replace, rules].flatMap((each) => Object.keys(each)))
  const columns = [...names].map((name): [string, ColumnReadOptions] => [
    name,
    given({
      ...ownValue(rules, name),
      type: ownValue(types, name),
      format: ownValue(formats, name),
      replace: ownValue(replace, name),
    }),
  ])
  return {
    path,
    ...given({ format, delimiter, header, escape, encoding }),
    ...given({ trim, nullValues, decimalMark, thousandsMark, dateFormat }),
    ...(quote !== undefined && { quote: quote === '' ? null : quote }),
    columns: Object.fromEntries(columns),
  }
}

type Present<Fields> = { [Name in keyof Fields]?: NonNullable<Fields[Name]> }

/** The fields that have a value. */
function given<Fields extends object>(fields: Fields): Present<Fields> {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as Present<Fields>
}
