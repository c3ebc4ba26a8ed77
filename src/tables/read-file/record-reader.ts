import { isUtf8 } from 'node:buffer'
import type { RunContext } from '../../node-kit/run-context.ts'
import type { TextSource } from './text-source.ts'

/** A longer record is rejected: DuckDB reads records up to about this size. */
export const MAX_RECORD_BYTES = 2_000_000
const BUFFER_BYTES = 8 << 20

export type RecordProblem = 'bad-quotes' | 'nul-character' | 'too-long' | 'bad-encoding'

export interface ScanFailure {
  reason: string
  /** Line ends before the place. */
  lines: number
}

/** Finds the end of a record among bytes. */
export interface RecordScanner {
  /** Where the record's text starts and ends, and where to look for the next one. */
  start: number
  end: number
  next: number
  /** Line ends before `start` and up to `next`. */
  linesBefore: number
  lines: number
  problem: RecordProblem | null
  /** Set where nothing more can be read. */
  readonly failure: ScanFailure | null
  /** Reads the record from a place on; false where the bytes end before it does, unless they are the last. */
  read(buffer: Uint8Array, from: number, bytes: { end: number; isLast: boolean }): boolean
}

/** Passes over records that need not be looked at one by one. */
export interface RecordPasser {
  /** How many it passed over in the last call; each is one line. */
  readonly passed: number
  /** Where the first record starts that it does not pass over. The bytes are whole characters. */
  pass(buffer: Uint8Array, from: number, end: number): number
}

const badCharacter = Buffer.from('\ufffd')
const LF = 10
const CR = 13

/** Goes through the records of a text source in a buffer of fixed size; at each, its fields say which record it is. */
export class RecordReader<Scanner extends RecordScanner> {
  readonly scanner: Scanner
  readonly buffer: Buffer
  /** Line of the file on which the record starts, from 1. */
  line = 1
  problem: RecordProblem | null = null

  readonly #source: TextSource
  readonly #context: Pick<RunContext, 'signal'>
  #lineAtFrom = 1
  #from = 0
  #end = 0
  #isLast = false
  #isClean = true

  constructor(source: TextSource, scanner: Scanner, context: Pick<RunContext, 'signal'>) {
    this.scanner = scanner
    // A byte more than there is, so that the end is seen.
    this.buffer = Buffer.allocUnsafe(Math.min(BUFFER_BYTES, source.sizeBytes + 1))
    this.#source = source
    this.#context = context
  }

  /**
   * Visits each record, also those with a problem, until one says `'stop'` or the scanner fails; but for those that the
   * passer passes over.
   */
  async forEach(visit: () => 'stop' | undefined, passer?: RecordPasser): Promise<void> {
    const { scanner } = this
    for (;;) {
      await this.#fill()
      const bytes = { end: this.#end, isLast: this.#isLast }
      for (;;) {
        if (passer && this.#isClean)
          this.#advance(passer.pass(this.buffer, this.#from, this.#end), passer.passed)
        if (this.#from === this.#end || !scanner.read(this.buffer, this.#from, bytes)) break
        this.line = this.#lineAtFrom + scanner.linesBefore
        this.problem = scanner.problem ?? (this.#isClean || this.#isRecordValid() ? null : 'bad-encoding')
        if (visit() === 'stop') return
        this.#advance(scanner.next, scanner.lines)
      }
      if (scanner.failure) {
        this.line = this.#lineAtFrom + scanner.failure.lines
        return
      }
      if (this.#end - this.#from > MAX_RECORD_BYTES) {
        if ((await this.#skipLine(visit)) === 'stop') return
      } else if (this.#isLast) return
    }
  }

  /** Bytes of the record, without its line end. */
  get bytes(): Buffer {
    return this.buffer.subarray(this.scanner.start, this.scanner.end)
  }

  #advance(next: number, lines: number): void {
    this.#from = next
    this.#lineAtFrom += lines
  }

  /** Moves what is left to the front of the buffer and reads on. */
  async #fill(): Promise<void> {
    this.#context.signal.throwIfAborted()
    this.buffer.copyWithin(0, this.#from, this.#end)
    this.#end -= this.#from
    this.#from = 0
    while (!this.#isLast && this.#end < this.buffer.length) {
      const count = await this.#source.read(this.buffer, this.#end)
      if (count === 0) this.#isLast = true
      this.#end += count
    }
    this.#isClean = this.#isValid(0, this.#isLast ? this.#end : wholeCharacters(this.buffer, this.#end))
  }

  #isRecordValid(): boolean {
    return this.#isValid(this.scanner.start, this.scanner.end)
  }

  #isValid(start: number, end: number): boolean {
    const bytes = this.buffer.subarray(start, end)
    return isUtf8(bytes) && !(this.#source.marksBadCharacters && bytes.includes(badCharacter))
  }

  /** Passes over a line that is longer than any record may be, a buffer at a time. */
  async #skipLine(visit: () => 'stop' | undefined): Promise<'stop' | undefined> {
    this.scanner.start = this.#from
    this.scanner.end = this.#from + MAX_RECORD_BYTES
    this.line = this.#lineAtFrom
    this.problem = 'too-long'
    if (visit() === 'stop') return 'stop'
    for (;;) {
      let at = this.#from
      while (at < this.#end && this.buffer[at] !== LF && this.buffer[at] !== CR) at++
      if (at < this.#end - 1 || this.#isLast) {
        const isPair = this.buffer[at] === CR && this.buffer[at + 1] === LF
        this.#advance(Math.min(this.#end, at + (isPair ? 2 : 1)), 1)
        return undefined
      }
      this.#from = at
      await this.#fill()
    }
  }
}

/** The length without a UTF-8 sequence that is cut at the end. */
function wholeCharacters(buffer: Buffer, end: number): number {
  for (let back = 1; back <= 3 && back <= end; back++) {
    const byte = buffer[end - back]!
    if (byte >= 0xc0) return end - back
    if (byte < 0x80) return end
  }
  return end
}
