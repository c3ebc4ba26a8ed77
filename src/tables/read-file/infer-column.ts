import type { ReaderRule, StartColumn } from '../../core/artifacts.ts'
import { typedParser } from '../parse-value.ts'

type ColumnType = StartColumn['type']

type RuleMarks = Pick<ReaderRule, 'decimalMark' | 'thousandsMark' | 'format'>

/** A type that a column may have, and the part of its rule that goes with it. */
interface Candidate {
  type: ColumnType
  rule: RuleMarks
  fits(text: string): boolean
  /** Texts that speak for this candidate and no other; without one it is not chosen. Absent: any text will do. */
  speaksFor?: RegExp
  /** True where plain whole numbers fit whatever the marks, so that none has to be parsed, and speak for none of them. */
  hasWholeNumbers?: boolean
  /** The same of plain decimal fractions. */
  hasPlainFractions?: boolean
  /** True for what the user has said otherwise: it is never chosen. */
  isRuledOut?: boolean
}

/** What a user has said of a column. */
export interface Known {
  type?: ColumnType
  /** Absent: guessed. */
  marks?: Pick<ReaderRule, 'decimalMark' | 'thousandsMark'>
  /** Of dates and times; where the type is not given too, ISO 8601 may stand for it. */
  format?: string
}

/** A text of a column, and where it stands. */
export interface SeenText {
  text: string
  line: number
}

/** Why a column that became text may have been meant otherwise. */
export type Doubt =
  | { kind: 'misfits'; type: ColumnType; share: number; first: SeenText }
  | { kind: 'ambiguous-dates'; formats: readonly string[]; first: SeenText }
  | { kind: 'other-format'; given: string; shown: string; first: SeenText }

interface State {
  candidate: Candidate
  isSpokenFor: boolean
  misfits: number
  first: SeenText | null
}

/** A column of so many values may be doubted for a few misfits, which are at most this share of them. */
const DOUBTED_VALUES = 20
const DOUBTED_SHARE = 0.05

/**
 * Finds out what a column holds from its texts, seen one by one: the first type, in the order below, that all of them
 * have. Whole numbers that are codes rather than quantities (leading zeros, more than 15 digits) stay text, as does
 * whatever is ambiguous: `1,234` alone, or days and months that could be swapped. Where the type is given, only its
 * marks and format are found out: those that most of the texts have.
 */
export class ColumnInference {
  #states: State[]
  #areAllDigits = true
  #hasCodes = false
  #count = 0
  #first: SeenText | null = null
  readonly #known: Known

  constructor(known: Known) {
    this.#known = known
    this.#states = candidatesOf(known)
      .filter(({ type }) => known.type === undefined || type === known.type)
      .map((candidate) => ({
        candidate,
        isSpokenFor: candidate.speaksFor === undefined,
        misfits: 0,
        first: null,
      }))
  }

  /** Takes in a text that is no null, trimmed and replaced as the reader will do it. */
  add(text: string, line: number): void {
    this.#look(text, line, () => true)
  }

  /** Rules out all but text, dates and times: for a JSON string. */
  addString(text: string, line: number): void {
    this.#look(text, line, ({ type }) => type === 'date' || type === 'datetime')
  }

  #look(text: string, line: number, mayBe: (candidate: Candidate) => boolean): void {
    this.#count++
    this.#first ??= { text, line }
    if (this.#areAllDigits && !/^[+-]?[0-9]+$/.test(text)) this.#areAllDigits = false
    if (this.#states.length === 0) return
    const isWhole = plainWholeNumber.test(text)
    const isFraction = !isWhole && plainFraction.test(text)
    this.#hasCodes ||= !isWhole && !isFraction && /^[+-]?(0[0-9]+|[0-9]{16,})$/.test(text)
    let hasMisfit = false
    for (const state of this.#states) {
      const { candidate } = state
      const needsNoLook =
        (isWhole && candidate.hasWholeNumbers) || (isFraction && candidate.hasPlainFractions)
      if (needsNoLook && mayBe(candidate)) continue
      if (mayBe(candidate) && candidate.fits(text)) {
        state.isSpokenFor ||= candidate.speaksFor?.test(text) ?? true
      } else {
        state.misfits++
        state.first ??= { text, line }
        hasMisfit = true
      }
    }
    if (hasMisfit) this.#dropHopeless()
  }

  #dropHopeless(): void {
    const share = this.#known.type === undefined ? DOUBTED_SHARE : 0.5
    const most = DOUBTED_VALUES + share * this.#count
    this.#states = this.#states.filter(({ misfits }) => misfits <= most)
  }

  /** The type and its part of the rule, or null where nothing but text will do. */
  get result(): { type: ColumnType; rule: RuleMarks } | null {
    const best = this.#best
    if (!best) return null
    const { misfits, candidate } = best
    const isKnown = this.#known.type !== undefined
    const isCode = this.#areAllDigits && candidate.type === 'number'
    if (!isKnown && (misfits > 0 || isCode || candidate.isRuledOut)) return null
    return { type: candidate.type, rule: candidate.rule }
  }

  /** What speaks against text, where it is the result; or against ISO 8601, where a date without a format is wanted. */
  get doubt(): Doubt | null {
    if (this.result || this.#count === 0) return null
    const { type, format } = this.#known
    const best = this.#best
    if (best?.candidate.isRuledOut && format !== undefined && this.#isNear(best)) {
      const shown = best.candidate.rule.format ?? 'ISO 8601'
      return { kind: 'other-format', given: format, shown, first: this.#first! }
    }
    if (best?.first && type === undefined && this.#isNear(best)) {
      const isCode = this.#hasCodes && best.candidate.type === 'number'
      const share = 1 - best.misfits / this.#count
      return isCode ? null : { kind: 'misfits', type: best.candidate.type, share, first: best.first }
    }
    const unclear = this.#states.filter((state) => !state.isSpokenFor && this.#isNear(state))
    const formats = unclear.flatMap(({ candidate: { rule } }) => rule.format ?? [])
    return formats.length > 1 ? { kind: 'ambiguous-dates', formats, first: this.#first! } : null
  }

  #isNear({ misfits }: State): boolean {
    return misfits === 0 || (this.#count >= DOUBTED_VALUES && misfits <= DOUBTED_SHARE * this.#count)
  }

  /** What most texts speak for; the first of equals. */
  get #best(): State | undefined {
    let best: State | undefined
    for (const state of this.#states) {
      const isPossible = state.isSpokenFor && state.misfits < this.#count
      if (isPossible && state.misfits < (best?.misfits ?? Infinity)) best = state
    }
    return best
  }
}

/** No code, and exact as float64. */
const plainWholeNumber = /^(0|-?[1-9][0-9]{0,14})$/
/** A number wherever a point is the decimal mark. */
const plainFraction = /^-?[0-9]{1,15}[.][0-9]{1,15}$/

/** Which type a column has whose date format is given. */
export function typeOfFormat(format: string): 'date' | 'datetime' {
  return /hh|mm|ss|SSS/.test(format) ? 'datetime' : 'date'
}

function candidatesOf({ type, marks, format }: Known): readonly Candidate[] {
  const isGuess = !marks && type !== 'integer'
  const numbers = isGuess ? guessedNumbers : numberCandidates(marks ? [{ rule: marks }] : guessedMarks, type)
  return [boolean, ...numbers, ...dateCandidates(type, format)]
}

function dateCandidates(type: ColumnType | undefined, format: string | undefined): readonly Candidate[] {
  if (format === undefined) return [...isoDates, ...guessedDates]
  if (type !== undefined) return [dateCandidate(format)]
  const others = guessedDates.map((other) => Object.assign({ isRuledOut: true }, other))
  return [dateCandidate(format), ...isoDates, ...others]
}

type Mark = Pick<Candidate, 'rule' | 'speaksFor'>

function numberCandidates(marks: readonly Mark[], known?: ColumnType): Candidate[] {
  return [
    ...marks.map((mark) => integerCandidate(mark, known === 'integer')),
    ...marks.map(({ rule, speaksFor }) => ({
      ...candidate('number', rule, speaksFor),
      hasWholeNumbers: true,
      hasPlainFractions: rule.decimalMark !== ',',
    })),
  ]
}

function dateCandidate(format: string, speaksFor?: RegExp): Candidate {
  return candidate(typeOfFormat(format), { format }, speaksFor)
}

function candidate(type: ColumnType, rule: RuleMarks, speaksFor?: RegExp): Candidate {
  return { type, rule, fits: typeTest(type, rule), ...(speaksFor && { speaksFor }) }
}

function integerCandidate(mark: Mark, isKnown: boolean): Candidate {
  const isInteger = typeTest('integer', mark.rule)
  const point = mark.rule.decimalMark ?? '.'
  const isQuantity = (text: string): boolean => !text.includes(point) && !/^[+-]?0[0-9]/.test(text)
  const fits = isKnown ? isInteger : (text: string) => isInteger(text) && isQuantity(text)
  return { ...mark, type: 'integer', fits, hasWholeNumbers: true }
}

function typeTest(type: ColumnType, rule: RuleMarks): (text: string) => boolean {
  const parse = typedParser(type, { trim: false, nullValues: [], ...rule })
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
const isoDates: readonly Candidate[] = [candidate('date', {}), candidate('datetime', {}, /[T ]/)]
const guessedDates: readonly Candidate[] = ['', ' hh:mm', ' hh:mm:ss'].flatMap((time) => [
  dateCandidate(`YYYY/MM/DD${time}`),
  dateCandidate(`DD.MM.YYYY${time}`),
  dateCandidate(`DD/MM/YYYY${time}`, dayFirst),
  dateCandidate(`DD-MM-YYYY${time}`, dayFirst),
  dateCandidate(`MM/DD/YYYY${time}`, daySecond),
  dateCandidate(`MM-DD-YYYY${time}`, daySecond),
])
