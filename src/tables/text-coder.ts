import { INLINE_BYTES, type TextBytes } from './text-vector.ts'

const SLOTS = 2048
/** A longer list of texts is given up for another, so that a column of ever new texts takes bounded memory. */
const MOST_TEXTS = 65_536

/**
 * Turns VARCHAR vectors of one column into codes. Most columns repeat few short texts, so the codes of the last texts
 * are kept by their bytes and a repeated one is not decoded again; long ones are decoded once a vector for each place in
 * memory.
 */
export class TextCoder {
  /** What stands for each code; `''` for 0. */
  texts: string[] = ['']
  readonly #keys = new Int32Array(SLOTS * 4).fill(-1)
  readonly #codes = new Uint32Array(SLOTS)
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
    }
    return code
  }

  get isTooLong(): boolean {
    return this.texts.length > MOST_TEXTS
  }

  /** Begins another list. */
  startAnew(): void {
    this.texts = ['']
    this.#codeOf.clear()
    this.#keys.fill(-1)
  }

  #shortCode(
    { bytes, cells }: Pick<TextBytes, 'bytes' | 'cells'>,
    { row, start, length }: { row: number; start: number; length: number },
  ): number {
    const first = cells[row * 4 + 1]! | 0
    const second = cells[row * 4 + 2]! | 0
    const third = cells[row * 4 + 3]! | 0
    const mixed =
      Math.imul(first ^ Math.imul(second, 0x85ebca6b) ^ Math.imul(third, 0xc2b2ae35), 0x27d4eb2f) + length
    const slot = (mixed ^ (mixed >>> 15)) & (SLOTS - 1)
    const key = slot * 4
    const keys = this.#keys
    if (
      keys[key] === length &&
      keys[key + 1] === first &&
      keys[key + 2] === second &&
      keys[key + 3] === third
    ) {
      return this.#codes[slot]!
    }
    keys[key] = length
    keys[key + 1] = first
    keys[key + 2] = second
    keys[key + 3] = third
    return (this.#codes[slot] = this.codeOf(bytes.toString('utf8', start, start + length)))
  }
}
