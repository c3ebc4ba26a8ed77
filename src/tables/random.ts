/** A seeded source of random numbers: the same seed gives the same sequence on every machine. */
export interface Random {
  /** A whole number from 0 up to, not including, `bound` (at most 2^32), without bias. */
  below(bound: number): number
  /** A number in [0, 1) with 53 random bits. */
  unit(): number
}

/**
 * xoshiro128** 1.1 (Blackman and Vigna, “Scrambled linear pseudorandom number generators”, 2021), its state filled by
 * splitmix32 from the seed; `stream` tells uses of one seed apart.
 */
export function createRandom(seed: number, stream = ''): Random {
  const state = initialState(seed, stream)
  const next = (): number => xoshiro128StarStar(state)
  return {
    below(bound) {
      if (!(bound >= 1 && bound <= 2 ** 32)) throw new RangeError(`no numbers below ${bound}`)
      // Rejection keeps every result equally likely.
      const limit = 2 ** 32 - (2 ** 32 % bound)
      for (;;) {
        const value = next()
        if (value < limit) return value % bound
      }
    },
    unit: () => ((next() >>> 5) * 2 ** 26 + (next() >>> 6)) / 2 ** 53,
  }
}

/** Puts the items in random order, in place (Fisher and Yates; Durstenfeld 1964). */
export function shuffle<Items extends { length: number; [index: number]: number }>(
  items: Items,
  random: Random,
): Items {
  for (let last = items.length - 1; last > 0; last--) {
    const other = random.below(last + 1)
    const item = items[last]!
    items[last] = items[other]!
    items[other] = item
  }
  return items
}

function initialState(seed: number, stream: string): Uint32Array {
  let mixed = (seed ^ Math.floor(seed / 2 ** 32)) >>> 0
  for (let index = 0; index < stream.length; index++) {
    mixed = Math.imul(mixed ^ stream.charCodeAt(index), 0x01000193) >>> 0
  }
  const state = new Uint32Array(4)
  for (let index = 0; index < 4; index++) {
    mixed = (mixed + 0x9e3779b9) >>> 0
    let word = mixed
    word = Math.imul(word ^ (word >>> 16), 0x21f0aaad)
    word = Math.imul(word ^ (word >>> 15), 0x735a2d97)
    state[index] = word ^ (word >>> 15)
  }
  return state
}

/** The next number of 32 bits from a state of four words, which it advances. */
export function xoshiro128StarStar(state: Uint32Array): number {
  const result = Math.imul(rotateLeft(Math.imul(state[1]!, 5), 7), 9) >>> 0
  const shifted = state[1]! << 9
  state[2]! ^= state[0]!
  state[3]! ^= state[1]!
  state[1]! ^= state[2]!
  state[0]! ^= state[3]!
  state[2]! ^= shifted
  state[3] = rotateLeft(state[3]!, 11)
  return result
}

function rotateLeft(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits))
}
