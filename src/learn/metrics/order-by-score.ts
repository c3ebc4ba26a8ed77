import { orderOfWords } from '../../tables/sort/sort-words.ts'

/** Row numbers from the highest score to the lowest, rows of equal score in their own order. */
export function orderByScore(scores: Float32Array): Uint32Array {
  const bits = new Uint32Array(scores.buffer, scores.byteOffset, scores.length)
  const keys = new Uint32Array(scores.length)
  for (let row = 0; row < scores.length; row++) {
    const pattern = scores[row] === 0 ? 0 : bits[row]!
    // As unsigned numbers, patterns of positive floats ascend and those of negative ones descend: turned to descend.
    keys[row] = pattern >>> 31 === 1 ? pattern : ~pattern & 0x7fffffff
  }
  return orderOfWords(keys)
}
