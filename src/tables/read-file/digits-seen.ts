import { HAS_OTHERS, HAS_POINT } from './csv-scanner.ts'

/** So many characters are a number that float64 has exactly, whole or not. */
export const SHORT = 15
/** No number of so many characters is beyond float64. */
export const LONG = 300
/** Of a field: it has more characters than the shorter of the two. */
export const IS_LONG = 4

/**
 * What texts of a column are made of: `whole` numbers of at most 15 digits and minus signs, `numbers` of digits, points
 * and minus signs, or `others`. The first two may be none, with a sign in the wrong place.
 */
export type Digits = 'whole' | 'numbers' | 'others'

/** What the texts of each column are made of. Empty ones do not count. */
export class DigitsSeen {
  readonly #columns: Uint8Array

  constructor(width: number) {
    this.#columns = new Uint8Array(width)
  }

  /** Looks at all fields of a record. */
  look({ starts, ends, marks }: { starts: Int32Array; ends: Int32Array; marks: Uint8Array }): void {
    for (let column = 0; column < this.#columns.length; column++)
      this.lookAtField(column, ends[column]! - starts[column]!, marks[column]!)
  }

  lookAtField(column: number, length: number, marks: number): void {
    this.#columns[column]! |= marks
    if (length > SHORT) this.#columns[column]! |= length > LONG ? HAS_OTHERS : IS_LONG
  }

  /** What fields of a column have, with IS_LONG where one is. */
  note(column: number, marks: number): void {
    this.#columns[column]! |= marks
  }

  get list(): Digits[] {
    return Array.from(this.#columns, (marks) => {
      if (marks & HAS_OTHERS) return 'others'
      return marks & (HAS_POINT | IS_LONG) ? 'numbers' : 'whole'
    })
  }
}
