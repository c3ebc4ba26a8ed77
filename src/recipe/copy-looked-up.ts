import type { LookedUp } from './text-table.ts'

/** Puts values that were looked up into the rows of a matrix, from column `offset` on, where there is nothing but 0 yet. */
export type CopyLookedUp = (
  lookedUp: LookedUp,
  to: Float32Array,
  place: { offset: number; stride: number },
) => void

/** Of a text whose values are not told apart yet, and of one that has several that are not 0. */
const UNKNOWN = -1
const SEVERAL = -2

/**
 * Copies what one column became, chunk after chunk. Most texts become a code in which all values but one are 0, so of these
 * one is written for each row, whatever the width.
 */
export function lookedUpCopier(): CopyLookedUp {
  let known: { values: LookedUp['values']; onlyOne: Int32Array } = { values: [], onlyOne: new Int32Array() }
  return ({ places, values, width }, to, { offset, stride }) => {
    const numbers = values as Float64Array
    // What stands in a list stays; where there is room for more texts, they come after the others.
    if (known.values !== values)
      known = { values, onlyOne: new Int32Array(numbers.length / width).fill(UNKNOWN) }
    const { onlyOne } = known
    for (let row = 0; row < places.length; row++) {
      const place = places[row]!
      const from = place * width
      const at = row * stride + offset
      let only = onlyOne[place]!
      if (only === UNKNOWN) only = onlyOne[place] = onlyNonZero(numbers, from, width)
      if (only !== SEVERAL) to[at + only] = numbers[from + only]!
      else for (let element = 0; element < width; element++) to[at + element] = numbers[from + element]!
    }
  }
}

/** Which of the values is not 0, the first where all are. A negative 0 is another number. */
function onlyNonZero(numbers: Float64Array, from: number, width: number): number {
  let only = 0
  let count = 0
  for (let element = 0; element < width; element++) {
    if (Object.is(numbers[from + element], 0)) continue
    only = element
    count++
  }
  return count > 1 ? SEVERAL : only
}
