import type { SplitPart } from '../core/columns.ts'

/** The part of the rows that each part gets: not negative, together 1. */
export type SplitShares = Readonly<Record<SplitPart, number>>

/** A number for train, validation and test, in this order. */
export type ByPart = readonly [number, number, number]

/**
 * Whole numbers that sum to `count`, each less than one away from its share (largest remainders: Hamilton's method).
 * Equal remainders go to train first, then validation.
 */
export function apportion(count: number, shares: ByPart): [number, number, number] {
  const ideal = shares.map((share) => share * count)
  const counts = ideal.map((value) => Math.floor(value + 1e-9)) as [number, number, number]
  const order = [0, 1, 2].sort((a, b) => ideal[b]! - counts[b]! - (ideal[a]! - counts[a]!) || a - b)
  const left = count - counts[0] - counts[1] - counts[2]
  for (let index = 0; index < left; index++) counts[order[index]!]! += 1
  return counts
}
