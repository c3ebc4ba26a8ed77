/** Row numbers from the highest score to the lowest, rows of equal score in their own order. */
export function orderByScore(scores: Float32Array): Uint32Array {
  const bits = new Uint32Array(scores.buffer, scores.byteOffset, scores.length)
  const keys = new BigUint64Array(scores.length)
  const halves = new Uint32Array(keys.buffer)
  for (let row = 0; row < scores.length; row++) {
    const pattern = scores[row] === 0 ? 0 : bits[row]!
    // As unsigned numbers, patterns of positive floats ascend and those of negative ones descend: turned to descend.
    const descending = pattern >>> 31 === 1 ? pattern : ~pattern & 0x7fffffff
    halves[2 * row] = row
    halves[2 * row + 1] = descending
  }
  keys.sort()
  return Uint32Array.from({ length: scores.length }, (_, rank) => halves[2 * rank]!)
}
