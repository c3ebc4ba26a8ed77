const digitBits = 11
const digits = 1 << digitBits

/**
 * Sorts float32 numbers, ascending and in place: a radix sort of their bits, several times as fast as `sort` on long
 * arrays. There must be no NaN.
 */
export function sortFloats(values: Float32Array<ArrayBuffer>): void {
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length)
  const counts = countDigits(bits)
  let from = bits
  let to = new Uint32Array(values.length)
  for (const [pass, starts] of counts.entries()) {
    // A digit that all numbers share needs no pass.
    if (starts.includes(from.length)) continue
    sumUp(starts)
    moveByDigit({ from, to, starts, shift: pass * digitBits })
    ;[from, to] = [to, from]
  }
  for (let index = 0; index < bits.length; index++) bits[index] = unordered(from[index]!)
}

/** Makes bits whole numbers in the order of the floats, and counts each of their three digits. */
function countDigits(bits: Uint32Array): Uint32Array[] {
  const [low, middle, high] = [new Uint32Array(digits), new Uint32Array(digits), new Uint32Array(digits)]
  for (let index = 0; index < bits.length; index++) {
    const number = ordered(bits[index]!)
    bits[index] = number
    low[number & (digits - 1)]!++
    middle[(number >>> digitBits) & (digits - 1)]!++
    high[number >>> (2 * digitBits)]!++
  }
  return [low, middle, high]
}

function sumUp(counts: Uint32Array): void {
  let sum = 0
  for (let digit = 0; digit < digits; digit++) {
    const count = counts[digit]!
    counts[digit] = sum
    sum += count
  }
}

function moveByDigit(options: {
  from: Uint32Array
  to: Uint32Array
  starts: Uint32Array
  shift: number
}): void {
  const { from, to, starts, shift } = options
  for (let index = 0; index < from.length; index++) {
    const bits = from[index]!
    to[starts[(bits >>> shift) & (digits - 1)]!++] = bits
  }
}

/** Bits whose order as whole numbers is that of the floats. */
const ordered = (bits: number): number => (bits >>> 31 === 1 ? ~bits : bits | 0x8000_0000) >>> 0
const unordered = (bits: number): number => (bits >>> 31 === 1 ? bits & 0x7fff_ffff : ~bits) >>> 0
