import type { ReaderRule } from '../core/artifacts.ts'
import { dateGrammar, type DateField } from './date-grammar.ts'
import {
  defaultFalseValues,
  defaultTrueValues,
  numberGrammar,
  specialNumberPattern,
  type RuledColumn,
} from './reader-grammar.ts'

/** Why a text is no value of its column. */
export type ValueProblem = 'wrong-type' | 'out-of-range' | 'nul-character' | 'not-unicode'

/** Numbers as they are, dates and times as epoch milliseconds (UTC); null is “no value”. */
export type ParsedValue = { value: number | string | boolean | null } | { problem: ValueProblem }

/** Reads one text by the rule of its column: trim, null values, replace, parse. `reader-sql.ts` does the same. */
export function parseValue(text: string, column: RuledColumn): ParsedValue {
  return valueParser(column)(text)
}

/** `parseValue` for many texts of one column. */
export function valueParser({ type, rule }: RuledColumn): (text: string) => ParsedValue {
  const nulls = new Set(rule.nullValues)
  const replacements = new Map(Object.entries(rule.replace ?? {}))
  const parse = typedParser(type, rule)
  return (text) => {
    if (text.includes('\0')) return { problem: 'nul-character' }
    if (!text.isWellFormed()) return { problem: 'not-unicode' }
    const trimmed = rule.trim ? text.trim() : text
    if (nulls.has(trimmed)) return { value: null }
    const parsed = parse(replacements.get(trimmed) ?? trimmed)
    return 'problem' in parsed && rule.unreadable === 'null' ? { value: null } : parsed
  }
}

/** What `parseValue` does to a text that is trimmed, replaced and no null. */
export function typedParser(type: RuledColumn['type'], rule: ReaderRule): (text: string) => ParsedValue {
  switch (type) {
    case 'text':
      return (value) => ({ value })
    case 'number':
      return numberParser(rule)
    case 'integer':
      return integerParser(rule)
    case 'boolean':
      return booleanParser(rule)
    case 'date':
    case 'datetime':
      return dateParser(type, rule)
  }
}

function numberParser(rule: ReaderRule): (text: string) => ParsedValue {
  const grammar = numberGrammar(rule)
  const pattern = new RegExp(`^(?:${grammar.number})$`)
  const digits = plainDigits(grammar)
  const special = new RegExp(`^(?:${specialNumberPattern})$`, 'i')
  return (text) => {
    if (pattern.test(text)) {
      const value = Number(digits(text))
      // Zero has no sign in stored rows.
      return Number.isFinite(value) ? { value: value + 0 } : { problem: 'out-of-range' }
    }
    if (!special.test(text)) return { problem: 'wrong-type' }
    const name = text.toLowerCase()
    return { value: name.endsWith('nan') ? NaN : name.startsWith('-') ? -Infinity : Infinity }
  }
}

function integerParser(rule: ReaderRule): (text: string) => ParsedValue {
  const grammar = numberGrammar(rule)
  const pattern = new RegExp(`^(?:${grammar.integer})$`)
  const digits = plainDigits(grammar)
  return (text) => {
    if (!pattern.test(text)) return { problem: 'wrong-type' }
    const value = Number(digits(text))
    return Number.isSafeInteger(value) ? { value: value + 0 } : { problem: 'out-of-range' }
  }
}

/** Takes out thousands marks and makes the decimal mark a point. */
function plainDigits({ thousands, decimalMark }: ReturnType<typeof numberGrammar>): (text: string) => string {
  const marks = thousands === null ? null : new RegExp(thousands, 'g')
  const withoutMarks = (text: string): string => (marks ? text.replace(marks, '') : text)
  return decimalMark === ',' ? (text) => withoutMarks(text).replace(',', '.') : withoutMarks
}

function booleanParser(rule: ReaderRule): (text: string) => ParsedValue {
  const trueValues = new Set<string>(rule.trueValues ?? defaultTrueValues)
  const falseValues = new Set<string>(rule.falseValues ?? defaultFalseValues)
  const keyFor = (given: readonly string[] | undefined) => (text: string) => (given ? text : lowerAscii(text))
  const trueKey = keyFor(rule.trueValues)
  const falseKey = keyFor(rule.falseValues)
  return (text) => {
    if (trueValues.has(trueKey(text))) return { value: true }
    if (falseValues.has(falseKey(text))) return { value: false }
    return { problem: 'wrong-type' }
  }
}

function lowerAscii(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase())
}

const DAY_MS = 86_400_000

function dateParser(type: 'date' | 'datetime', rule: ReaderRule): (text: string) => ParsedValue {
  const grammar = dateGrammar(type, rule)
  const pattern = new RegExp(`^(?:${grammar.pattern})$`)
  return (text) => {
    const match = pattern.exec(text)
    if (!match) return { problem: 'wrong-type' }
    const part = (field: DateField): string | undefined => {
      const index = grammar.fields.indexOf(field)
      return index < 0 ? undefined : match[index + 1]
    }
    const number = (field: DateField): number => Number(part(field) ?? 0)
    const day = dayOf(number('year'), number('month'), number('day'))
    if (day === null) return { problem: 'out-of-range' }
    if (type === 'date') return { value: day * DAY_MS }
    const fraction = Number((part('fraction') ?? '').padEnd(3, '0'))
    const minutes = number('hour') * 60 + number('minute') - minutesOfOffset(part('offset') ?? '')
    return { value: day * DAY_MS + (minutes * 60 + number('second')) * 1000 + fraction }
  }
}

/** Days since 1970-01-01 in the Gregorian calendar, or null for a day that is not in it. Years 1 to 9999. */
function dayOf(year: number, month: number, day: number): number | null {
  if (year < 1) return null
  const time = new Date(0)
  time.setUTCFullYear(year, month - 1, day)
  const isReal = time.getUTCMonth() === month - 1 && time.getUTCDate() === day
  return isReal ? time.getTime() / DAY_MS : null
}

/** Minutes east of Greenwich of `Z`, `+02`, `-0230`, `+02:30` or nothing. */
function minutesOfOffset(text: string): number {
  const digits = text.slice(1).replace(':', '')
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2))
  return text.startsWith('-') ? -minutes : minutes
}
