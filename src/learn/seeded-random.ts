/**
 * Random numbers in [0, 1) with 32 random bits, the same for equal seeds and purpose on every machine.
 * The generator is sfc32 of PractRand (Chris Doty-Humphrey), seeded through a 32-bit mixer.
 */
export function seededRandom(seed: number, ...purpose: readonly number[]): () => number {
  let mixed = 0x9e3779b9
  for (const part of [seed, ...purpose]) mixed = mix(mixed ^ mix(part | 0))
  let a = mixed
  let b = mix(mixed + 0x9e3779b9)
  let c = mix(mixed + 0x3c6ef372)
  let counter = 1
  const next = (): number => {
    const sum = (a + b + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + sum
    return (sum >>> 0) / 2 ** 32
  }
  for (let round = 0; round < 12; round++) next()
  return next
}

/** The finalizer of MurmurHash3: every bit of the input changes half of the output's. */
function mix(value: number): number {
  let bits = value | 0
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b)
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35)
  return bits ^ (bits >>> 16)
}
