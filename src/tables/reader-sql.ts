import type { ReaderRule } from '../core/artifacts.ts'
import { dateSql } from './date-sql.ts'
import {
  defaultFalseValues,
  defaultTrueValues,
  numberGrammar,
  specialNumberPattern,
  whiteSpace,
  type RuledColumn,
} from './reader-grammar.ts'
import { valueParser } from './parse-value.ts'
import { quoteText, quoteTexts } from './quote.ts'
import { storedType } from './stored-type.ts'

/** White space around texts: none, only that of ASCII, or any. */
export type Spaces = 'none' | 'ascii' | 'any'

export interface ReaderSqlOptions {
  /** A VARCHAR expression; cheap, for it is repeated. Its null is a null. */
  text: string
  column: RuledColumn
  /** What white space texts of the column may start or end with: less is faster. */
  spaces: Spaces
  /** What a text that is no value of the column becomes: `NULL`, or an expression that raises an error. */
  otherwise: string
}

/** The reader rule of a column as an expression: what `parse-value.ts` does to one text, done to a column of them. */
export function readerSql(options: ReaderSqlOptions): string {
  const { column, text } = options
  const otherwise = column.rule.unreadable === 'null' ? 'NULL' : options.otherwise
  const trimmed = trimmedSql(options)
  const fast = fastSql(options)
  const steps = [
    `WHEN ${text} IS NULL THEN NULL`,
    ...(fast ? [`WHEN ${fast.when} THEN ${fast.value}`] : []),
    ...nullTests(column.rule, trimmed).map((test) => `WHEN ${test} THEN NULL`),
  ]
  const value = typedSql(replacedSql(column.rule, trimmed), column, otherwise)
  return `CASE ${steps.join(' ')} ELSE ${value} END`
}

/** True where a text is no value of the column. */
export function readerProblemSql(options: Omit<ReaderSqlOptions, 'otherwise'>): string {
  const { column, text } = options
  if (column.rule.unreadable === 'null') return 'false'
  const isNull = nullTests(column.rule, trimmedSql(options)).map((test) => ` AND NOT ${test}`)
  return `(${readerSql({ ...options, otherwise: 'NULL' })} IS NULL AND ${text} IS NOT NULL${isNull.join('')})`
}

/** A text without white space around it, as `String.prototype.trim` does it. */
export function trimSql(text: string, spaces: Spaces): string {
  switch (spaces) {
    case 'none':
      return text
    case 'ascii':
      return `trim(${text}, ${quoteText(asciiWhiteSpace)})`
    case 'any':
      // Not `trim`, which is slow where a character to trim is not ASCII.
      return `regexp_replace(${text}, ${quoteText(`^[${whiteSpace}]+|[${whiteSpace}]+$`)}, '', 'g')`
  }
}

const asciiWhiteSpace = whiteSpace.replace(/[^\t-\r ]/g, '')

function trimmedSql({ text, column, spaces }: Pick<ReaderSqlOptions, 'text' | 'column' | 'spaces'>): string {
  return column.rule.trim ? trimSql(text, spaces) : text
}

function nullTests(rule: ReaderRule, trimmed: string): string[] {
  const texts = rule.nullValues.filter((value) => !value.includes('\0'))
  return texts.length > 0 ? [isOneOf(trimmed, texts)] : []
}

function replacedSql(rule: ReaderRule, trimmed: string): string {
  const entries = Object.entries(rule.replace ?? {}).filter(([from]) => !from.includes('\0'))
  if (entries.length === 0) return trimmed
  const cases = entries.map(([from, to]) => `WHEN ${quoteText(from)} THEN ${quoteText(to)}`)
  return `(CASE ${trimmed} ${cases.join(' ')} ELSE ${trimmed} END)`
}

/**
 * Most numbers are plain, and DuckDB converts those itself, far faster than a regular expression looks at them. What
 * it accepts beyond our grammar is told apart by cheap tests; the property test holds the two together.
 */
function fastSql(options: ReaderSqlOptions): { when: string; value: string } | null {
  const { text, column, spaces } = options
  const { type, rule } = column
  if ((type !== 'number' && type !== 'integer') || (rule.decimalMark ?? '.') !== '.') return null
  if (spaces !== 'none' && !rule.trim) return null
  const parse = valueParser({ type, rule: { ...rule, nullValues: [], replace: {} } })
  const special = [...rule.nullValues, ...Object.keys(rule.replace ?? {})]
  if (special.some((key) => 'value' in parse(key))) return null
  const value = `TRY_CAST(${text} AS ${storedType(type)})`
  return type === 'number'
    ? { when: `isfinite(${value}) AND NOT contains(${text}, '_') AND NOT starts_with(${text}, '+-')`, value }
    : { when: `${value}::VARCHAR = ${text} AND ${isSafeSql(value)}`, value }
}

function typedSql(text: string, { type, rule }: RuledColumn, otherwise: string): string {
  switch (type) {
    case 'text':
      return text
    case 'number': {
      const value = `TRY_CAST(${plainDigitsSql(text, rule)} AS DOUBLE)`
      const special = `TRY_CAST(${text} AS DOUBLE)`
      return `CASE WHEN ${matches(text, numberGrammar(rule).number)} AND isfinite(${value}) THEN ${value}
        WHEN ${matches(text, `(?i)${specialNumberPattern}`)} THEN ${special} ELSE ${otherwise} END`
    }
    case 'integer': {
      const digits = plainDigitsSql(text, rule)
      const value = `TRY_CAST(regexp_replace(${digits}, '[.].*$', '') AS BIGINT)`
      return `CASE WHEN ${matches(text, numberGrammar(rule).integer)} AND ${isSafeSql(value)} THEN ${value} ELSE ${otherwise} END`
    }
    case 'boolean':
      return booleanSql(text, rule, otherwise)
    case 'date':
    case 'datetime':
      return dateSql(text, { type, rule }, otherwise)
  }
}

// Not `IN`: DuckDB makes a join of a longer list, and the rows come out in another order.
function isOneOf(text: string, texts: readonly string[]): string {
  return `list_contains(${quoteTexts(texts)}, ${text})`
}

function matches(text: string, pattern: string): string {
  return `regexp_full_match(${text}, ${quoteText(pattern)})`
}

// Beyond 2^53 - 1 a number of JavaScript and of a model would not be exact.
function isSafeSql(value: string): string {
  return `${value} BETWEEN ${-Number.MAX_SAFE_INTEGER} AND ${Number.MAX_SAFE_INTEGER}`
}

function plainDigitsSql(text: string, rule: ReaderRule): string {
  const { thousands, decimalMark } = numberGrammar(rule)
  const digits = thousands ? `regexp_replace(${text}, ${quoteText(thousands)}, '', 'g')` : text
  return decimalMark === ',' ? `replace(${digits}, ',', '.')` : digits
}

function booleanSql(text: string, rule: ReaderRule, otherwise: string): string {
  const test = (given: readonly string[] | undefined, defaults: readonly string[]): string => {
    const texts = (given ?? defaults).filter((value) => !value.includes('\0'))
    return texts.length === 0 ? 'false' : isOneOf(given ? text : `lower(${text})`, texts)
  }
  return `CASE WHEN ${test(rule.trueValues, defaultTrueValues)} THEN true
    WHEN ${test(rule.falseValues, defaultFalseValues)} THEN false ELSE ${otherwise} END`
}
