import {
  MAX_RECORD_BYTES,
  type RecordProblem,
  type RecordScanner,
  type ScanFailure,
} from './record-reader.ts'

const TAB = 9
const LF = 10
const CR = 13
const SPACE = 32
const QUOTE = 34
const COMMA = 44
const OPEN_BRACKET = 91
const BACKSLASH = 92
const CLOSE_BRACKET = 93
const OPEN_BRACE = 123
const CLOSE_BRACE = 125

/**
 * Cuts a JSON array into its elements, by brackets and strings alone: whether an element is valid is for the parser
 * to say. Where the array itself makes no sense, `failure` says why, and there are no more records.
 */
export class JsonArrayScanner implements RecordScanner {
  start = 0
  end = 0
  next = 0
  linesBefore = 0
  lines = 0
  problem: RecordProblem | null = null
  failure: ScanFailure | null = null
  /** What comes next: the array, its first element or its end, an element, nothing more. */
  #expects: 'array' | 'element-or-end' | 'element' | 'nothing' = 'array'

  read(buffer: Uint8Array, from: number, bytes: { end: number; isLast: boolean }): boolean {
    const cursor = new Cursor(buffer, from, bytes.end)
    const outcome = this.#readElement(cursor)
    if (outcome === 'read') return true
    if (outcome === 'at-end') {
      if (bytes.isLast) return this.#expects === 'nothing' ? false : this.#fail('it is not closed', cursor)
      return bytes.end - from > MAX_RECORD_BYTES
        ? this.#fail('an element is larger than 2 MB', cursor)
        : false
    }
    return this.#fail(outcome.reason, cursor)
  }

  #readElement(cursor: Cursor): 'read' | 'at-end' | { reason: string } {
    let expects = this.#expects
    for (;;) {
      const byte = cursor.skipSpace()
      if (byte < 0) return 'at-end'
      if (expects === 'nothing') return { reason: 'something follows the array' }
      if (expects === 'array') {
        if (byte !== OPEN_BRACKET) return { reason: 'it is no array' }
        expects = 'element-or-end'
        cursor.at++
      } else if (expects === 'element-or-end' && byte === CLOSE_BRACKET) {
        expects = 'nothing'
        this.#expects = expects
        cursor.at++
      } else break
    }
    const start = cursor.at
    const linesBefore = cursor.lines
    if (!cursor.skipElement()) return 'at-end'
    const end = cursor.lastInk + 1
    if (end <= start) return { reason: 'an element is missing' }
    this.#expects = cursor.byte === COMMA ? 'element' : 'nothing'
    cursor.at++
    Object.assign(this, { start, end, linesBefore, lines: cursor.lines, next: cursor.at })
    this.problem = end - start > MAX_RECORD_BYTES ? 'too-long' : null
    return 'read'
  }

  #fail(reason: string, cursor: Cursor): false {
    this.failure = { reason, lines: cursor.lines }
    return false
  }
}

class Cursor {
  at: number
  lines = 0
  /** Where the last character that is no white space stands. */
  lastInk = -1
  readonly #buffer: Uint8Array
  readonly #end: number

  constructor(buffer: Uint8Array, at: number, end: number) {
    this.#buffer = buffer
    this.at = at
    this.#end = end
  }

  get byte(): number {
    return this.at < this.#end ? this.#buffer[this.at]! : -1
  }

  /** The next byte that is no white space, or -1. */
  skipSpace(): number {
    for (; this.at < this.#end; this.at++) {
      const byte = this.#buffer[this.at]!
      if (byte === LF) this.lines++
      else if (byte !== SPACE && byte !== TAB && byte !== CR) return byte
    }
    return -1
  }

  /** To the comma or bracket after an element; false where the bytes end before it. */
  skipElement(): boolean {
    let depth = 0
    let isInString = false
    for (; this.at < this.#end; this.at++) {
      const byte = this.#buffer[this.at]!
      if (isInString) {
        if (byte === BACKSLASH) this.at++
        else if (byte === QUOTE) isInString = false
      } else if (byte === QUOTE) isInString = true
      else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) depth++
      else if (depth === 0 && (byte === COMMA || byte === CLOSE_BRACKET)) return true
      else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) depth--
      else if (byte === LF) this.lines++
      if (byte !== SPACE && byte !== TAB && byte !== LF && byte !== CR) this.lastInk = this.at
    }
    return false
  }
}
