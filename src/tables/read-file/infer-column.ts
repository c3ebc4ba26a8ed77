import type { ReaderRule, StartColumn } from '../../core/artifacts.ts'
import { valueParser } from '../parse-value.ts'

type ColumnType = StartColumn['type']

type RuleMarks = Pick<ReaderRule, 'decimalMark' | 'thousandsMark' | 'format'>

/** A type that a column may have, and the part of its rule that goes with it. */
interface Candidate {
  type: ColumnType
  rule: RuleMarks
  fits(text: string): boolean
  /** Texts that speak for this candidate and no other; without one it is not chosen. Absent: any text will do. */
  speaksFor?: RegExp
}

/** What a user has said of a column. */
export interface Known {
  type?: ColumnType
  /** Absent: guessed. */
  marks?: Pick<ReaderRule, 'decimalMark' | 'thousandsMark'>
  /** Date formats to try first. */
  formats: readonly string[]
}

/**
 * Finds out what a column holds from its texts, seen one by one: the first type, in the order below, that all of them
 * have. Whole numbers that are codes rather than quantities (leading zeros, more than 15 digits) stay text, as does
 * whatever is ambiguous: `1,234` alone, or days and months that could be swapped.
 */
export class ColumnInference {
  #candidates: { candidate: Candidate; isSpokenFor: boolean }[]
  #areAllDigits = true
  #isEmpty = true
  readonly #isTypeKnown: boolean

  constructor(known: Known) {
    this.#isTypeKnown = known.type !== undefined
    this.#candidates = candidatesOf(known)
      .filter(({ type }) => known.type === undefined || type === known.type)
      .map((candidate) => ({ candidate, isSpokenFor: candidate.speaksFor === undefined }))
  }

  /** Takes in a text that is no null, trimmed and replaced as the reader will do it. */
  add(text: string): void {
    this.#isEmpty = false
    if (this.#areAllDigits && !/^[+-]?[0-9]+$/.test(text)) this.#areAllDigits = false
    if (this.#candidates.length === 0) return
    this.#candidates = this.#candidates.filter(({ candidate }) => candidate.fits(text))
    for (const state of this.#candidates) {
      state.isSpokenFor ||= state.candidate.speaksFor?.test(text) ?? true
    }
  }

  /** Rules out all but text, dates and times: for a JSON string. */
  addString(text: string): void {
    this.#candidates = this.#candidates.filter(
      ({ candidate: { type } }) => type === 'date' || type === 'datetime',
    )
    this.add(text)
  }

  /** The type and its part of the rule, or null where nothing but text will do. */
  get result(): { type: ColumnType; rule: RuleMarks } | null {
    if (this.#isEmpty) return null
    const found = this.#candidates.find(({ isSpokenFor }) => isSpokenFor)?.candidate
    const isCode = this.#areAllDigits && found?.type === 'number' && !this.#isTypeKnown
    if (!found || isCode) return null
    return { type: found.type, rule: found.rule }
  }
}

function candidatesOf({ type, marks, formats }: Known): readonly Candidate[] {
  const isGuess = !marks && type !== 'integer'
  const numbers = isGuess ? guessedNumbers : numberCandidates(marks ? [{ rule: marks }] : guessedMarks, type)
  return [boolean, ...numbers, ...formats.map((format) => dateCandidate(format)), ...guessedDates]
}

type Mark = Pick<Candidate, 'rule' | 'speaksFor'>

function numberCandidates(marks: readonly Mark[], known?: ColumnType): Candidate[] {
  return [
    ...marks.map((mark) => integerCandidate(mark, known === 'integer')),
    ...marks.map(({ rule, speaksFor }) => candidate('number', rule, speaksFor)),
  ]
}

function dateCandidate(format: string, speaksFor?: RegExp): Candidate {
  return candidate(/hh|mm|ss|SSS/.test(format) ? 'datetime' : 'date', { format }, speaksFor)
}

function candidate(type: ColumnType, rule: RuleMarks, speaksFor?: RegExp): Candidate {
  return { type, rule, fits: typeTest(type, rule), ...(speaksFor && { speaksFor }) }
}

function integerCandidate(mark: Mark, isKnown: boolean): Candidate {
  const isInteger = typeTest('integer', mark.rule)
  const point = mark.rule.decimalMark ?? '.'
  const isQuantity = (text: string): boolean => !text.includes(point) && !/^[+-]?0[0-9]/.test(text)
  const fits = isKnown ? isInteger : (text: string) => isInteger(text) && isQuantity(text)
  return { ...mark, type: 'integer', fits }
}

function typeTest(type: ColumnType, rule: RuleMarks): (text: string) => boolean {
  const parse = valueParser({ type, rule: { trim: false, nullValues: [], ...rule } })
  return (text) => 'value' in parse(text)
}

const boolean: Candidate = {
  type: 'boolean',
  rule: {},
  fits: (text) => /^(true|false|True|False|TRUE|FALSE)$/.test(text),
}

const guessedMarks: readonly Mark[] = [
  { rule: {} },
  { rule: { decimalMark: ',' }, speaksFor: /,([0-9]{0,2}|[0-9]{4,})([eE]|$)|^[+-]?0?,/ },
  { rule: { thousandsMark: ',' }, speaksFor: /,[0-9]{3}[,.]/ },
  { rule: { decimalMark: ',', thousandsMark: '.' }, speaksFor: /[.][0-9]{3}[.,]/ },
]
const guessedNumbers = numberCandidates(guessedMarks)

// With a slash or a dash, which is the day is known only once one is above 12.
const dayFirst = /^(1[3-9]|2[0-9]|3[01])[-/]/
const daySecond = /^[0-9]+[-/](1[3-9]|2[0-9]|3[01])[-/]/
const guessedDates: readonly Candidate[] = [
  candidate('date', {}),
  candidate('datetime', {}, /[T ]/),
  ...['', ' hh:mm', ' hh:mm:ss'].flatMap((time) => [
    dateCandidate(`YYYY/MM/DD${time}`),
    dateCandidate(`DD.MM.YYYY${time}`),
    dateCandidate(`DD/MM/YYYY${time}`, dayFirst),
    dateCandidate(`DD-MM-YYYY${time}`, dayFirst),
    dateCandidate(`MM/DD/YYYY${time}`, daySecond),
    dateCandidate(`MM-DD-YYYY${time}`, daySecond),
  ]),
]
