import type { Spaces } from '../reader-sql.ts'

const NONE = 0
const ASCII = 1
const ANY = 2

/**
 * What white space texts of each column may start or end with, by their outer bytes. Every byte above ASCII may belong
 * to a space, so it counts as one.
 */
export class SpacesSeen {
  readonly #columns: Uint8Array

  constructor(width: number) {
    this.#columns = new Uint8Array(width)
  }

  /** Looks at all fields of a record. */
  look(buffer: Uint8Array, { starts, ends }: { starts: Int32Array; ends: Int32Array }): void {
    for (let column = 0; column < this.#columns.length; column++) {
      const start = starts[column]!
      const end = ends[column]!
      if (start < end && (mayBeSpace(buffer[start]!) || mayBeSpace(buffer[end - 1]!)))
        this.lookAtField(column, buffer, { start, end })
    }
  }

  /** Looks at a field that is not empty. */
  lookAtField(column: number, buffer: Uint8Array, { start, end }: { start: number; end: number }): void {
    if (this.#columns[column] === ANY) return
    this.#columns[column] = Math.max(this.#columns[column]!, kindOf(buffer, start, end))
  }

  /** True where nothing that is still to come can change what is known of a column. */
  isSettled(column: number): boolean {
    return this.#columns[column] === ANY
  }

  lookAtText(column: number, text: string): void {
    if (text !== text.trim()) this.#columns[column] = ANY
  }

  get list(): Spaces[] {
    return Array.from(this.#columns, (kind) => (kind === NONE ? 'none' : kind === ASCII ? 'ascii' : 'any'))
  }
}

export const mayBeSpace = (byte: number): boolean => byte <= 32 || byte >= 128

/** Beneath spaces of ASCII there may be others. */
function kindOf(buffer: Uint8Array, start: number, end: number): number {
  if (!mayBeSpace(buffer[start]!) && !mayBeSpace(buffer[end - 1]!)) return NONE
  let first = start
  let last = end - 1
  while (first < end && buffer[first]! <= 32) first++
  while (last > first && buffer[last]! <= 32) last--
  return first < end && (buffer[first]! >= 128 || buffer[last]! >= 128) ? ANY : ASCII
}
