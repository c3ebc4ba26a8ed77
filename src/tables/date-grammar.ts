import type { ReaderRule } from '../core/artifacts.ts'

export type DateField = 'year' | 'month' | 'day' | 'hour' | 'minute' | 'second' | 'fraction' | 'offset'

/** A date pattern as a regular expression of JavaScript and RE2 for a whole text: group i + 1 holds field i. */
export interface DateGrammar {
  pattern: string
  fields: readonly DateField[]
}

/** The pieces of ISO 8601. Each group is a field. */
export const isoPatterns = {
  date: '([0-9]{4})-([0-9]{2})-([0-9]{2})',
  minutes: '([01][0-9]|2[0-3]):([0-5][0-9])',
  seconds: '([0-5][0-9])',
  fraction: '[.,]([0-9]{1,3})[0-9]{0,6}',
  offset: '(Z|[+-](?:0[0-9]|1[0-4])(?::?[0-5][0-9])?)?',
} as const

/**
 * The dates or times that a rule accepts: its format, else ISO 8601 (`2024-02-29`, `2024-02-29T23:59:59.999+01:00`, a
 * space for the T, UTC where there is no offset, midnight where there is no time). Digits of a fraction after the
 * third are cut.
 */
export function dateGrammar(type: 'date' | 'datetime', rule: ReaderRule): DateGrammar {
  if (rule.format !== undefined) return grammarOfFormat(rule.format)
  const { date, minutes, seconds, fraction, offset } = isoPatterns
  if (type === 'date') return { pattern: date, fields: ['year', 'month', 'day'] }
  return {
    pattern: `${date}(?:[T ]${minutes}(?::${seconds}(?:${fraction})?)? ?${offset})?`,
    fields: ['year', 'month', 'day', 'hour', 'minute', 'second', 'fraction', 'offset'],
  }
}

/** What is wrong with a date format, or null: year, month and day must be in it, and nothing twice. */
export function dateFormatProblem(format: string): string | null {
  const { fields } = grammarOfFormat(format)
  const twice = fields.find((field, index) => fields.indexOf(field) !== index)
  if (twice) return `the ${twice} stands in it twice`
  const missing = (['year', 'month', 'day'] as const).find((field) => !fields.includes(field))
  if (missing) return `there is no ${missing} in it`
  return format.includes('\0') ? 'there is a NUL character in it' : null
}

const tokens = new Map<string, { field: DateField; exact: string; loose: string }>([
  ['YYYY', { field: 'year', exact: '([0-9]{4})', loose: '([0-9]{4})' }],
  ['MM', { field: 'month', exact: '([0-9]{2})', loose: '([0-9]{1,2})' }],
  ['DD', { field: 'day', exact: '([0-9]{2})', loose: '([0-9]{1,2})' }],
  ['hh', { field: 'hour', exact: '([01][0-9]|2[0-3])', loose: '([01]?[0-9]|2[0-3])' }],
  ['mm', { field: 'minute', exact: '([0-5][0-9])', loose: '([0-5]?[0-9])' }],
  ['ss', { field: 'second', exact: '([0-5][0-9])', loose: '([0-5]?[0-9])' }],
  ['SSS', { field: 'fraction', exact: '([0-9]{3})', loose: '([0-9]{1,3})[0-9]{0,6}' }],
])

/** MM, DD, hh, mm and ss take one digit or two, but two where digits follow or precede directly: `YYYYMMDD`. */
function grammarOfFormat(format: string): DateGrammar {
  const pieces = format.split(/(YYYY|MM|DD|hh|mm|SSS|ss)/).filter((piece) => piece !== '')
  const fields: DateField[] = []
  const pattern = pieces.map((piece, index) => {
    const token = tokens.get(piece)
    if (!token) return escapePattern(piece)
    fields.push(token.field)
    const touchesDigits = /[0-9]$/.test(sample(pieces[index - 1])) || /^[0-9]/.test(sample(pieces[index + 1]))
    return touchesDigits ? token.exact : token.loose
  })
  return { pattern: pattern.join(''), fields }
}

function sample(piece: string | undefined): string {
  if (piece === undefined) return ''
  return tokens.has(piece) ? '0' : piece
}

function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')
}
