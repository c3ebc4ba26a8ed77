import type { ReaderRule, StartColumn } from '../core/artifacts.ts'

/**
 * What both executions of a reader rule share: `parse-value.ts` for one value, `reader-sql.ts` for millions. Patterns
 * use the common part of JavaScript's and RE2's syntax, and match a whole text.
 */
export type RuledColumn = Pick<StartColumn, 'type'> & { rule: ReaderRule }

/** What is trimmed: white space as ECMAScript defines it, so that `String.prototype.trim` does the same. */
export const whiteSpace =
  '\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff'

/** Texts that mean “no value” unless a reader says otherwise. */
export const defaultNullValues = [
  '',
  'NA',
  'N/A',
  'n/a',
  '#N/A',
  '<NA>',
  'NaN',
  'nan',
  'null',
  'NULL',
  '?',
] as const

/** Texts of booleans unless a rule says otherwise; capital letters make no difference to these. */
export const defaultTrueValues = ['true', 't', 'yes', 'y', '1'] as const
export const defaultFalseValues = ['false', 'f', 'no', 'n', '0'] as const

/** Infinity and not-a-number, which a source may hold; capital letters make no difference. */
export const specialNumberPattern = '[+-]?(inf|infinity|nan)'

interface NumberGrammar {
  /** Digits with an optional sign, thousands marks, fraction and exponent. */
  number: string
  /** Digits with an optional sign, thousands marks and a fraction of zeros. */
  integer: string
  /** What is taken out before conversion: a class of thousands marks, or null. */
  thousands: string | null
  decimalMark: '.' | ','
}

/** The numbers that a rule accepts: `12`, `-1.5`, `+.5`, `1.`, `1e-3`, and with marks `1,234.5`. No hex, no spaces. */
export function numberGrammar(rule: ReaderRule): NumberGrammar {
  const decimalMark = rule.decimalMark ?? '.'
  const thousands = rule.thousandsMark === undefined ? null : thousandsClass(rule.thousandsMark)
  const point = decimalMark === '.' ? '[.]' : ','
  const digits = thousands ? `([0-9]{1,3}(${thousands}[0-9]{3})+|[0-9]+)` : '[0-9]+'
  return {
    number: `[+-]?(${digits}(${point}[0-9]*)?|${point}[0-9]+)([eE][+-]?[0-9]+)?`,
    integer: `[+-]?${digits}(${point}0*)?`,
    thousands,
    decimalMark,
  }
}

function thousandsClass(mark: NonNullable<ReaderRule['thousandsMark']>): string {
  switch (mark) {
    case '.':
      return '[.]'
    case ',':
      return ','
    case '_':
      return '_'
    case ' ':
      // The no-break spaces that typography puts there are meant too.
      return '[ \u00a0\u202f]'
    case "'":
      return "['\u2019]"
  }
}
