const digitBits = 11
const digits = 1 << digitBits
const wordBits = 32

/** Whole numbers of 32 bits in ascending order, sorted digit by digit (LSD radix sort). The given array is used up. */
export function sortWords(words: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  let from = words
  let to = new Uint32Array(words.length)
  for (let shift = 0; shift < wordBits; shift += digitBits) {
    const places = placesOf(from, shift)
    for (let index = 0; index < from.length; index++) {
      const word = from[index]!
      to[places[(word >>> shift) & (digits - 1)]!++] = word
    }
    ;[from, to] = [to, from]
  }
  return from
}

/** The places of whole numbers of 32 bits in ascending order; equal ones in their own order. */
export function orderOfWords(words: Uint32Array): Uint32Array<ArrayBuffer> {
  let from = new Uint32Array(words.length)
  for (let index = 0; index < from.length; index++) from[index] = index
  let to = new Uint32Array(words.length)
  for (let shift = 0; shift < wordBits; shift += digitBits) {
    const places = placesOf(words, shift)
    for (let index = 0; index < from.length; index++) {
      const word = words[from[index]!]!
      to[places[(word >>> shift) & (digits - 1)]!++] = from[index]!
    }
    ;[from, to] = [to, from]
  }
  return from
}

/** Where the words of each digit go to. */
function placesOf(words: Uint32Array, shift: number): Uint32Array {
  const places = new Uint32Array(digits)
  for (let index = 0; index < words.length; index++) places[(words[index]! >>> shift) & (digits - 1)]!++
  let place = 0
  for (let digit = 0; digit < digits; digit++) {
    const count = places[digit]!
    places[digit] = place
    place += count
  }
  return places
}
