import { INLINE_BYTES, textBytesOfVector, type TextBytes } from './text-vector.ts'
import { nullsOfVector, type VectorMemory } from './vectors.ts'

const SLOTS = 2048

/**
 * Turns VARCHAR vectors of one column into strings. Most columns repeat few short texts, so the last texts are kept
 * by their bytes and a repeated one is not decoded again; long ones are decoded once a chunk for each place in memory.
 */
export class TextReader {
  readonly #keys = new Int32Array(SLOTS * 4).fill(-1)
  readonly #texts: string[] = Array.from({ length: SLOTS }, () => '')

  /** The texts of a chunk, `''` for null. */
  texts(memory: VectorMemory): string[] {
    const vector = textBytesOfVector(memory, nullsOfVector(memory))
    const { bytes, starts, lengths } = vector
    const texts: string[] = []
    const rowAt = new Map<number, number>()
    for (let row = 0; row < memory.rows; row++) {
      const start = starts[row]!
      const length = lengths[row]!
      if (length === 0) texts.push('')
      else if (length <= INLINE_BYTES) texts.push(this.#short(vector, row))
      else {
        const earlier = rowAt.get(start)
        if (earlier !== undefined && lengths[earlier] === length) texts.push(texts[earlier]!)
        else {
          texts.push(bytes.toString('utf8', start, start + length))
          rowAt.set(start, row)
        }
      }
    }
    return texts
  }

  #short({ bytes, cells, starts, lengths }: TextBytes, row: number): string {
    const length = lengths[row]!
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
      return this.#texts[slot]!
    }
    const start = starts[row]!
    const text = bytes.toString('utf8', start, start + length)
    keys[key] = length
    keys[key + 1] = first
    keys[key + 2] = second
    keys[key + 3] = third
    this.#texts[slot] = text
    return text
  }
}
