import {
  byteClasses,
  CARRIAGE_RETURN,
  DELIMITER,
  HAS_OTHERS,
  HAS_POINT,
  LINE_FEED,
  OTHER,
} from './csv-scanner.ts'
import { IS_LONG, type DigitsSeen } from './digits-seen.ts'
import {
  openPlainRecordsKernel,
  WINDOW_BYTES,
  type PlainRecordsKernel,
  type PlainRecordsShape,
} from './plain-records-kernel.ts'
import { MAX_RECORD_BYTES, type RecordPasser } from './record-reader.ts'
import { mayBeSpace, type SpacesSeen } from './spaces-seen.ts'

const LF = 10

/** Records that are looked at one by one after one that is not plain. */
const CAREFUL_RECORDS = 64
/** Fewer bytes are passed over before a kernel is made. */
const WORTH_A_KERNEL = 1 << 18

/**
 * Passes over plain records of delimited text, as nearly all are, many times as fast as they can be cut into fields: of
 * the wanted width, at least two, with one kind of line end, and neither quotes nor NUL characters anywhere. Their fields
 * are noted as the scanner would give them. Of many bytes, most are passed over by a kernel.
 */
export class PlainRecords implements RecordPasser {
  /** It passes over at most so many records in one call. */
  most = Infinity
  passed = 0
  readonly #classes: Uint8Array
  readonly #width: number
  readonly #hasPairs: boolean
  readonly #spaces: SpacesSeen
  readonly #digits: DigitsSeen
  readonly #shape: PlainRecordsShape
  #kernel: PlainRecordsKernel | null | undefined
  #careful = 0

  constructor(records: PlainRecordsShape, seen: { spaces: SpacesSeen; digits: DigitsSeen }) {
    this.#shape = records
    this.#classes = byteClasses(records.dialect)
    this.#width = records.width
    this.#hasPairs = records.lineEnd === '\r\n'
    this.#spaces = seen.spaces
    this.#digits = seen.digits
  }

  pass(buffer: Uint8Array, from: number, end: number): number {
    this.passed = 0
    if (this.#width < 2 || this.#careful-- > 0) return from
    const passQuickly = end - from < WORTH_A_KERNEL ? null : this.#passQuickly(buffer, end)
    let start = from
    while (this.passed < this.most) {
      start = passQuickly?.(start) ?? start
      const next = this.passed < this.most ? this.#next(buffer, start, end) : -1
      if (next < 0) break
      this.passed++
      start = next
    }
    this.#careful = this.passed === 0 ? CAREFUL_RECORDS : 0
    return start
  }

  /** What passes over records from a place on, as far as the kernel can. */
  #passQuickly(buffer: Uint8Array, end: number): ((start: number) => number) | null {
    this.#kernel ??= this.#kernel === undefined ? openPlainRecordsKernel(this.#shape) : null
    const kernel = this.#kernel
    if (!kernel) return null
    const { window } = kernel
    let first = 0
    let last = 0
    const load = (start: number): void => {
      first = start
      last = Math.min(end, start + WINDOW_BYTES)
      window.set(buffer.subarray(first, last))
    }
    const isCut = (start: number): boolean =>
      first < start && last < end && window.indexOf(LF, start - first) === -1
    return (from) => {
      for (let column = 0; column < this.#width; column++)
        kernel.knownSpaces[column] = Number(this.#spaces.isSettled(column))
      let start = from
      while (this.passed < this.most) {
        if (start >= last || isCut(start)) load(start)
        const most = Math.min(this.most - this.passed, WINDOW_BYTES)
        const { passed, next } = kernel.pass({ start: start - first, end: last - first, most })
        if (passed === 0) break
        this.passed += passed
        start = first + next
      }
      for (let column = 0; column < this.#width; column++)
        this.#digits.note(column, kernel.marks[column]! & (HAS_POINT | HAS_OTHERS | IS_LONG))
      return start
    }
  }

  /** Where the next record starts; -1 where this one is not plain, or does not end. To note a field twice does no harm. */
  #next(buffer: Uint8Array, start: number, end: number): number {
    const classes = this.#classes
    const spaces = this.#spaces
    const digits = this.#digits
    const lineEnd = this.#hasPairs ? CARRIAGE_RETURN : LINE_FEED
    let column = 0
    let at = start
    while (at < end) {
      const fieldStart = at
      let marks = 0
      let kind = classes[buffer[at]!]!
      while (kind <= OTHER) {
        marks |= kind
        if (++at === end) return -1
        kind = classes[buffer[at]!]!
      }
      if (kind !== DELIMITER && kind !== lineEnd) return -1
      if (at > fieldStart) {
        digits.lookAtField(column, at - fieldStart, marks)
        if (mayBeSpace(buffer[fieldStart]!) || mayBeSpace(buffer[at - 1]!))
          spaces.lookAtField(column, buffer, { start: fieldStart, end: at })
      }
      column++
      if (kind === lineEnd) return column === this.#width ? this.#afterLine(buffer, { start, at, end }) : -1
      at++
    }
    return -1
  }

  #afterLine(buffer: Uint8Array, { start, at, end }: { start: number; at: number; end: number }): number {
    if (at - start > MAX_RECORD_BYTES) return -1
    if (!this.#hasPairs) return at + 1
    return at + 1 < end && buffer[at + 1] === LF ? at + 2 : -1
  }
}
