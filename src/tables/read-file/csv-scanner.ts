import type { Dialect } from './read-options.ts'
import { MAX_RECORD_BYTES, type RecordProblem, type RecordScanner } from './record-reader.ts'

/** What a byte is to a field: up to OTHER a part of it. */
const DIGIT = 0
const POINT = 1
export const OTHER = 2
export const DELIMITER = 3
export const LINE_FEED = 4
export const CARRIAGE_RETURN = 5
const QUOTE = 6
const NUL = 7

const LF = 10
const CR = 13
const SPACE = 32
const TAB = 9

/** What a field has beside digits and minus signs. */
export const HAS_POINT = POINT
export const HAS_OTHERS = OTHER

/** How a field stands in the bytes. */
export const UNQUOTED = 0
export const QUOTED = 1
/** Quoted, with escapes inside. */
export const ESCAPED = 2

/** The class of each byte in a dialect. */
export function byteClasses({ delimiter, quote }: Dialect): Uint8Array {
  const classes = new Uint8Array(256).fill(OTHER)
  for (const digit of '0123456789-') classes[digit.charCodeAt(0)] = DIGIT
  classes['.'.charCodeAt(0)] = POINT
  classes[LF] = LINE_FEED
  classes[CR] = CARRIAGE_RETURN
  classes[0] = NUL
  classes[delimiter.charCodeAt(0)] = DELIMITER
  if (quote !== null) classes[quote.charCodeAt(0)] = QUOTE
  return classes
}

/**
 * Cuts delimited text into records and fields, byte by byte: RFC 4180, with any line end (LF, CRLF, CR, mixed), any
 * ASCII delimiter, quote and escape; a quote inside an unquoted field is an ordinary character; spaces around quotes
 * are passed over where values are trimmed. A record whose quotes make no sense is one line, and the next line a new
 * record, so that one stray quote costs one row. One object is reused for all records.
 */
export class CsvScanner implements RecordScanner {
  fieldCount = 0
  starts = new Int32Array(64)
  ends = new Int32Array(64)
  kinds = new Uint8Array(64)
  /** HAS_POINT, HAS_OTHERS or both of each field; of one in quotes, HAS_OTHERS. */
  marks = new Uint8Array(64)
  start = 0
  end = 0
  next = 0
  readonly linesBefore = 0
  readonly failure = null
  lines = 1
  problem: RecordProblem | null = null
  /** True where the bytes can be copied: quotes, if any, are around whole fields, doubled inside. */
  isRegular = true
  lineEnd: '\n' | '\r\n' | '\r' | '' = ''

  readonly #delimiter: number
  readonly #quote: number
  readonly #escape: number
  readonly #passesSpaces: boolean
  readonly #classes: Uint8Array

  constructor(dialect: Dialect, options: { trim: boolean }) {
    this.#delimiter = dialect.delimiter.charCodeAt(0)
    this.#quote = dialect.quote === null ? -1 : dialect.quote.charCodeAt(0)
    this.#escape = (dialect.escape ?? dialect.quote ?? '').charCodeAt(0)
    this.#passesSpaces = options.trim
    this.#classes = byteClasses(dialect)
  }

  get hasQuotes(): boolean {
    for (let field = 0; field < this.fieldCount; field++) if (this.kinds[field] !== UNQUOTED) return true
    return false
  }

  /** True where the record is one field of nothing but spaces. */
  isBlank(buffer: Uint8Array): boolean {
    if (this.fieldCount !== 1 || this.kinds[0] !== UNQUOTED) return false
    for (let at = this.starts[0]!; at < this.ends[0]!; at++) {
      if (buffer[at] !== SPACE && buffer[at] !== TAB) return false
    }
    return true
  }

  /** Reads the record at `start`; false where the bytes end before it does, unless they are the last. */
  read(buffer: Uint8Array, start: number, bytes: { end: number; isLast: boolean }): boolean {
    const { end, isLast } = bytes
    this.start = start
    this.fieldCount = 0
    this.lines = 1
    this.problem = null
    this.isRegular = true
    let at = start
    for (;;) {
      const opening = this.#openingQuote(buffer, at, end)
      if (opening >= 0) {
        at = this.#readQuoted(buffer, opening, end)
        if (at < 0 || (at === end && !isLast)) {
          const isHopeless = at === -2 || isLast || end - start > MAX_RECORD_BYTES
          return isHopeless && this.#readBadLine(buffer, start, bytes)
        }
      } else {
        at = this.#readUnquoted(buffer, at, end)
        if (at === end && !isLast) return false
      }
      if (at < end && buffer[at] === this.#delimiter) {
        at++
        continue
      }
      if (!this.#finish(buffer, at, bytes)) return false
      if (this.end - start > MAX_RECORD_BYTES) this.problem = 'too-long'
      return true
    }
  }

  /** Where a quoted field opens, or -1. */
  #openingQuote(buffer: Uint8Array, start: number, end: number): number {
    if (this.#quote < 0) return -1
    let at = start
    if (this.#passesSpaces) {
      while (at < end && this.#isSpace(buffer[at]!)) at++
    }
    if (at === end || buffer[at] !== this.#quote) return -1
    if (at > start) this.isRegular = false
    return at
  }

  #isSpace(byte: number): boolean {
    return (byte === SPACE || byte === TAB) && byte !== this.#delimiter
  }

  #readUnquoted(buffer: Uint8Array, start: number, end: number): number {
    const classes = this.#classes
    let marks = 0
    let at = start
    for (; at < end; at++) {
      const kind = classes[buffer[at]!]!
      if (kind === DIGIT) continue
      if (kind <= OTHER) {
        marks |= kind
        continue
      }
      if (kind === QUOTE) this.isRegular = false
      else if (kind === NUL) this.problem = 'nul-character'
      else break
      marks |= OTHER
    }
    this.#addField(start, at, UNQUOTED)
    this.marks[this.fieldCount - 1] = marks
    return at
  }

  /** From the opening quote to what follows the field; -1 where the bytes end first, -2 where quotes make no sense. */
  #readQuoted(buffer: Uint8Array, opening: number, end: number): number {
    const quote = this.#quote
    const escape = this.#escape
    let kind = QUOTED
    let at = opening + 1
    for (; at < end; at++) {
      const byte = buffer[at]!
      if (
        byte === escape &&
        at + 1 < end &&
        (buffer[at + 1] === quote || (escape !== quote && buffer[at + 1] === escape))
      ) {
        kind = ESCAPED
        if (escape !== quote) this.isRegular = false
        at++
      } else if (byte === quote) break
      else if (byte === escape) this.isRegular = false
      else if (byte === LF || (byte === CR && buffer[at + 1] !== LF)) this.lines++
      else if (byte === 0) this.problem = 'nul-character'
    }
    if (at === end) return -1
    this.#addField(opening + 1, at, kind)
    this.marks[this.fieldCount - 1] = OTHER
    let after = at + 1
    if (this.#passesSpaces) {
      while (after < end && this.#isSpace(buffer[after]!)) after++
      if (after > at + 1) this.isRegular = false
    }
    if (after === end) return end
    const follows = this.#classes[buffer[after]!]!
    return follows === DELIMITER || follows === LINE_FEED || follows === CARRIAGE_RETURN ? after : -2
  }

  #addField(start: number, end: number, kind: number): void {
    if (this.fieldCount === this.starts.length) this.#grow()
    this.starts[this.fieldCount] = start
    this.ends[this.fieldCount] = end
    this.kinds[this.fieldCount] = kind
    this.fieldCount++
  }

  #grow(): void {
    const grown = <Values extends Int32Array | Uint8Array>(values: Values, larger: Values): Values => {
      larger.set(values)
      return larger
    }
    const size = this.starts.length * 2
    this.starts = grown(this.starts, new Int32Array(size))
    this.ends = grown(this.ends, new Int32Array(size))
    this.kinds = grown(this.kinds, new Uint8Array(size))
    this.marks = grown(this.marks, new Uint8Array(size))
  }

  /** At the end of a record: notes the line end. False where a CR is the last byte there is, for an LF may follow. */
  #finish(buffer: Uint8Array, at: number, { end, isLast }: { end: number; isLast: boolean }): boolean {
    this.end = at
    if (at === end) this.#endLine('', at)
    else if (buffer[at] === LF) this.#endLine('\n', at + 1)
    else if (at + 1 < end && buffer[at + 1] === LF) this.#endLine('\r\n', at + 2)
    else if (at + 1 === end && !isLast) return false
    else this.#endLine('\r', at + 1)
    return true
  }

  #endLine(lineEnd: CsvScanner['lineEnd'], next: number): void {
    this.lineEnd = lineEnd
    this.next = next
  }

  /** The line at `start` as a record that cannot be read. */
  #readBadLine(buffer: Uint8Array, start: number, bytes: { end: number; isLast: boolean }): boolean {
    let at = start
    while (at < bytes.end && buffer[at] !== LF && buffer[at] !== CR) at++
    if (at === bytes.end && !bytes.isLast) return false
    this.fieldCount = 0
    this.lines = 1
    this.problem = 'bad-quotes'
    return this.#finish(buffer, at, bytes)
  }
}
