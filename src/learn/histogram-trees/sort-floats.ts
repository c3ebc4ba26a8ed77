const digitBits = 11
const digits = 1 << digitBits

/**
 * Sorts float32 numbers, ascending and in place: a radix sort of their bits, several times as fast as `sort` on long
 * arrays. There must be no NaN.
 */
export function sortFloats(values: Float32Array<ArrayBuffer>): void {
  let from = new Uint32Array(values.buffer, values.byteOffset, values.length)
  let to = new Uint32Array(values.length)
  for (let index = 0; index < from.length; index++) from[index] = ordered(from[index]!)
  for (const shift of [0, digitBits, 2 * digitBits]) {
    sortByDigit({ from, to, shift })
    ;[from, to] = [to, from]
  }
  const sorted = new Uint32Array(values.buffer, values.byteOffset, values.length)
  for (let index = 0; index < sorted.length; index++) sorted[index] = unordered(from[index]!)
}

function sortByDigit({ from, to, shift }: { from: Uint32Array; to: Uint32Array; shift: number }): void {
  const starts = new Uint32Array(digits)
  for (let index = 0; index < from.length; index++) {
    const digit = (from[index]! >>> shift) & (digits - 1)
    starts[digit] = starts[digit]! + 1
  }
  let sum = 0
  for (let digit = 0; digit < digits; digit++) {
    const count = starts[digit]!
    starts[digit] = sum
    sum += count
  }
  for (let index = 0; index < from.length; index++) {
    const bits = from[index]!
    const digit = (bits >>> shift) & (digits - 1)
    const place = starts[digit]!
    to[place] = bits
    starts[digit] = place + 1
  }
}

/** Bits whose order as whole numbers is that of the floats. */
const ordered = (bits: number): number => (bits >>> 31 === 1 ? ~bits : bits | 0x8000_0000) >>> 0
const unordered = (bits: number): number => (bits >>> 31 === 1 ? bits & 0x7fff_ffff : ~bits) >>> 0
