/** Unsigned LEB128, as the WebAssembly binary format writes counts, indices and opcodes. */
export function unsigned(value: number): number[] {
  const bytes: number[] = []
  let rest = value >>> 0
  do {
    const low = rest & 0x7f
    rest >>>= 7
    bytes.push(rest === 0 ? low : low | 0x80)
  } while (rest !== 0)
  return bytes
}

/** Signed LEB128 of a whole number of at most 32 bits, as constants are written. */
export function signed(value: number): number[] {
  const bytes: number[] = []
  let rest = value | 0
  for (;;) {
    const low = rest & 0x7f
    rest >>= 7
    const isLast = (rest === 0 && (low & 0x40) === 0) || (rest === -1 && (low & 0x40) !== 0)
    bytes.push(isLast ? low : low | 0x80)
    if (isLast) return bytes
  }
}

/** A list: its length, then its items. */
export const list = (items: readonly (readonly number[])[]): number[] => [
  ...unsigned(items.length),
  ...items.flat(),
]

/** Bytes with their number before them. */
export const sized = (bytes: readonly number[]): number[] => unsigned(bytes.length).concat(bytes)

/** A name in ASCII. */
export const text = (value: string): number[] => sized(Array.from(value, (letter) => letter.charCodeAt(0)))

export const float32Bytes = (value: number): number[] => [...new Uint8Array(Float32Array.of(value).buffer)]
export const float64Bytes = (value: number): number[] => [...new Uint8Array(Float64Array.of(value).buffer)]
