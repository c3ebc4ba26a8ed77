import type { RunContext } from '../../node-kit/run-context.ts'
import type { TypeDoubt } from './read-options.ts'

/** Warns of a column that may be meant otherwise than it is read, with the remedy; `file` where several are read. */
export function logDoubt(
  context: Pick<RunContext, 'log'>,
  doubt: TypeDoubt,
  { file, unit = 'line' }: { file?: string; unit?: 'line' | 'row' } = {},
): void {
  const { column, first } = doubt
  const line = unit === 'row' ? 'in row {line}' : 'on line {line}'
  const place = file === undefined ? line : `in “{file}” ${line}`
  const where = { column, text: first.text, line: first.line, ...(file !== undefined && { file }) }
  switch (doubt.kind) {
    case 'misfits': {
      const { type, share } = doubt
      // Rounded down: a few misfits are never shown as none.
      const percent = Math.floor(share * 1000) / 10
      context.log(
        'warning',
        `Column “{column}” is read as text: {percent} % of its values have the type {type}, but “{text}” ${place} ` +
          'does not. Set its type to {type} and such rows are rejected, or add the text to the null values.',
        { ...where, type, percent },
      )
      return
    }
    case 'ambiguous-dates':
      context.log(
        'warning',
        `Day and month of the dates in column “{column}” cannot be told apart, such as “{text}” ${place}, so that ` +
          'they are not read as dates. Set the date format of the column, such as {format} or {otherFormat}.',
        { ...where, format: doubt.formats[0]!, otherFormat: doubt.formats[1]! },
      )
      return
    case 'other-format':
      context.log(
        'warning',
        `Column “{column}” is read as text: its values, such as “{text}” ${place}, look like dates of the format ` +
          '{shown}, not of the given {given}. Correct the date format, or give the column its own.',
        { ...where, shown: doubt.shown, given: doubt.given },
      )
  }
}
