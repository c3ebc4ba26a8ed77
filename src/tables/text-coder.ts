import { INLINE_BYTES, type TextBytes } from './text-vector.ts'

const FIRST_SLOTS = 64
/** Numbers of a slot: the length of a text, then its bytes. */
const SLOT = 4
/** A longer list of texts is given up for another, so that a column of ever new texts takes bounded memory. */
const MOST_TEXTS = 65_536
const MOST_CHARACTERS = 1 << 23

/**
 * Turns VARCHAR vectors of one column into codes. Most columns repeat few short texts, so the codes of these are found by
 * their bytes, in a hash table with linear probing, and none is decoded twice; long ones are decoded once a vector for
 * each place in memory.
 */
export class TextCoder {
  /** What stands for each code; `''` for 0. */
  texts: string[] = ['']
  /** A slot is empty where its code is 0. */
  #keys = new Int32Array(FIRST_SLOTS * SLOT)
  #codes = new Uint32Array(FIRST_SLOTS)
  #short = 0
  #characters = 0
  readonly #codeOf = new Map<string, number>()

  /** The codes of a vector, 0 for null. */
  codes({ bytes, cells, starts, lengths }: TextBytes): Uint32Array {
    const codes = new Uint32Array(lengths.length)
    const rowAt = new Map<number, number>()
    for (let row = 0; row < codes.length; row++) {
      const start = starts[row]!
      const length = lengths[row]!
      if (length === 0) continue
      if (length <= INLINE_BYTES) {
        codes[row] = this.#shortCode({ bytes, cells }, { row, start, length })
        continue
      }
      const earlier = rowAt.get(start)
      if (earlier !== undefined && lengths[earlier] === length) codes[row] = codes[earlier]!
      else {
        codes[row] = this.codeOf(bytes.toString('utf8', start, start + length))
        rowAt.set(start, row)
      }
    }
    return codes
  }

  codeOf(text: string): number {
    if (text === '') return 0
    let code = this.#codeOf.get(text)
    if (code === undefined) {
      code = this.texts.length
      this.#codeOf.set(text, code)
      this.texts.push(text)
      this.#characters += text.length
    }
    return code
  }

  get isTooLong(): boolean {
    return this.texts.length > MOST_TEXTS || this.#characters > MOST_CHARACTERS
  }

  /** Begins another list. */
  startAnew(): void {
    this.texts = ['']
    this.#codeOf.clear()
    this.#codes.fill(0)
    this.#short = 0
    this.#characters = 0
  }

  #shortCode(
    { bytes, cells }: Pick<TextBytes, 'bytes' | 'cells'>,
    { row, start, length }: { row: number; start: number; length: number },
  ): number {
    const cell = row * 4
    const slot = this.#slotOf(cells, cell)
    const known = this.#codes[slot]!
    if (known !== 0) return known
    const code = this.codeOf(bytes.toString('utf8', start, start + length))
    this.#keys.set(cells.subarray(cell, cell + SLOT), slot * SLOT)
    this.#codes[slot] = code
    if (++this.#short * 2 > this.#codes.length) this.#grow()
    return code
  }

  /** Where the text of a cell is, or is to be put. */
  #slotOf(cells: Uint32Array | Int32Array, cell: number): number {
    const keys = this.#keys
    const last = this.#codes.length - 1
    const length = cells[cell]! | 0
    const first = cells[cell + 1]! | 0
    const second = cells[cell + 2]! | 0
    const third = cells[cell + 3]! | 0
    const mixed =
      Math.imul(first ^ Math.imul(second, 0x85ebca6b) ^ Math.imul(third, 0xc2b2ae35), 0x27d4eb2f) + length
    for (let slot = (mixed ^ (mixed >>> 15)) & last; ; slot = (slot + 1) & last) {
      const key = slot * SLOT
      const isSame =
        keys[key] === length && keys[key + 1] === first && keys[key + 2] === second && keys[key + 3] === third
      if (isSame || this.#codes[slot] === 0) return slot
    }
  }

  #grow(): void {
    const keys = this.#keys
    const codes = this.#codes
    this.#keys = new Int32Array(2 * keys.length)
    this.#codes = new Uint32Array(2 * codes.length)
    for (const [old, code] of codes.entries()) {
      if (code === 0) continue
      const slot = this.#slotOf(keys, old * SLOT)
      this.#keys.set(keys.subarray(old * SLOT, (old + 1) * SLOT), slot * SLOT)
      this.#codes[slot] = code
    }
  }
}
