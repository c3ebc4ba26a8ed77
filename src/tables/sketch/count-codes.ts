import type { CodedTexts } from '../coded-texts.ts'

let counters = new Uint32Array(0)

/** The codes of some rows, each once, in the order in which they first come, and how many rows have each. */
export function countCodes({ codes, texts }: CodedTexts): { different: Uint32Array; counts: Uint32Array } {
  if (counters.length < texts.length) counters = new Uint32Array(texts.length * 2)
  const different = new Uint32Array(Math.min(codes.length, texts.length))
  let count = 0
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row]!
    if (counters[code] === 0) different[count++] = code
    counters[code]! += 1
  }
  const counts = new Uint32Array(count)
  for (let index = 0; index < count; index++) {
    const code = different[index]!
    counts[index] = counters[code]!
    counters[code] = 0
  }
  return { different: different.subarray(0, count), counts }
}
