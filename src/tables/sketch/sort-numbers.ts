const DIGIT_BITS = 11
const DIGITS = 1 << DIGIT_BITS
const SIZE = 2048
/** Below, the counters of the digits cost more than they save. */
const FEW = 256
/** Steps of the last pass a number, beyond which the digits told too little. */
const STEPS = 8

const keys = new Uint32Array(SIZE)
const movedKeys = new Uint32Array(SIZE)
const moved = new Float64Array(SIZE)
const lowPlaces = new Uint32Array(DIGITS)
const highPlaces = new Uint32Array(DIGITS)

/**
 * Sorts numbers, none of which is NaN, in place. Some hundreds up to 2 048 are put in the order of the 22 leading bits
 * in which they differ, by two passes of a radix sort, which insertion completes; numbers of which too many share these
 * bits are compared, as others are.
 */
export function sortNumbers(values: Float64Array): void {
  if (values.length < FEW || values.length > SIZE) values.sort()
  else {
    sortByDigits(values, keysOf(values))
    if (!insertAll(values)) values.sort()
  }
}

/** Fills `keys` with the upper words of the numbers as whole numbers of the same order; how much lies between them. */
function keysOf(values: Float64Array): { least: number; shift: number } {
  const words = new Uint32Array(values.buffer, values.byteOffset, values.length * 2)
  let least = 0xffffffff
  let most = 0
  for (let index = 0; index < values.length; index++) {
    const word = words[index * 2 + 1]!
    // Positive ones go above negative ones, whose bits count downwards.
    const key = (word ^ ((word >> 31) | 0x80000000)) >>> 0
    keys[index] = key
    if (key < least) least = key
    if (key > most) most = key
  }
  return { least, shift: Math.max(0, 32 - Math.clz32(most - least) - 2 * DIGIT_BITS) }
}

function sortByDigits(values: Float64Array, { least, shift }: { least: number; shift: number }): void {
  lowPlaces.fill(0)
  highPlaces.fill(0)
  for (let index = 0; index < values.length; index++) {
    const key = (keys[index]! - least) >>> shift
    keys[index] = key
    lowPlaces[key & (DIGITS - 1)]! += 1
    highPlaces[key >>> DIGIT_BITS]! += 1
  }
  let [low, high] = [0, 0]
  for (let digit = 0; digit < DIGITS; digit++) {
    const [lows, highs] = [lowPlaces[digit]!, highPlaces[digit]!]
    lowPlaces[digit] = low
    highPlaces[digit] = high
    low += lows
    high += highs
  }
  for (let index = 0; index < values.length; index++) {
    const key = keys[index]!
    const place = lowPlaces[key & (DIGITS - 1)]!++
    moved[place] = values[index]!
    movedKeys[place] = key >>> DIGIT_BITS
  }
  for (let index = 0; index < values.length; index++) {
    values[highPlaces[movedKeys[index]!]!++] = moved[index]!
  }
}

/** Sorts what is nearly sorted; false where it is not, all numbers still there. */
function insertAll(values: Float64Array): boolean {
  let steps = values.length * STEPS
  for (let index = 1; index < values.length; index++) {
    const value = values[index]!
    let place = index
    for (; place > 0 && values[place - 1]! > value; place--) values[place] = values[place - 1]!
    values[place] = value
    steps -= index - place
    if (steps < 0) return false
  }
  return true
}
