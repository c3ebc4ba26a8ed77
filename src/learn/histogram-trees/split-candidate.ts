import { candidateNumbers } from './training-plan.ts'

/** A way to split a leaf. Sums are of packed gradients, in whole units. */
export interface SplitCandidate {
  gain: number
  /** The scores of both sides: the gain and what the leaf has without a split. */
  score: number
  /** −1 where no split is allowed. */
  place: number
  /** Bins up to this one go left; −1 where categories do. */
  bin: number
  missingLeft: boolean
  left: { gradient: number; hessian: number }
  /** One bit for each bin that goes left, where categories do. */
  categoryBits: Uint32Array
}

const bitWords = 8

/** Writes a candidate as float64 numbers, for another thread. */
export function writeCandidate(numbers: Float64Array, candidate: SplitCandidate): void {
  const { gain, score, place, bin, missingLeft, left, categoryBits } = candidate
  numbers.set([gain, place, bin, Number(missingLeft), left.gradient, left.hessian, score])
  numbers.set(categoryBits, candidateNumbers - bitWords)
}

export function readCandidate(numbers: Float64Array): SplitCandidate {
  const [gain, place, bin, missingLeft, gradient, hessian, score] = numbers as unknown as number[]
  return {
    gain: gain!,
    score: score!,
    place: place!,
    bin: bin!,
    missingLeft: missingLeft === 1,
    left: { gradient: gradient!, hessian: hessian! },
    categoryBits: Uint32Array.from(numbers.subarray(candidateNumbers - bitWords)),
  }
}

export const noCandidate = (): SplitCandidate => ({
  gain: 0,
  score: -Infinity,
  place: -1,
  bin: 0,
  missingLeft: false,
  left: { gradient: 0, hessian: 0 },
  categoryBits: new Uint32Array(bitWords),
})

/** Writes a byte for each of the 256 bins: 1 where it goes left. */
export function fillGoesLeft(goesLeft: Uint8Array, { bin, missingLeft, categoryBits }: SplitCandidate): void {
  for (let each = 0; each < 256; each++) {
    const isMember = (categoryBits[each >> 5]! >>> (each & 31)) & 1
    goesLeft[each] = bin < 0 ? isMember : Number(each === 0 ? missingLeft : each <= bin)
  }
}
