/** How many rows of two samples are in each of the same bins or categories. */
export interface Counts {
  reference: readonly number[]
  current: readonly number[]
}

/** What is counted: values, or intervals between inner edges (the outer ones are open). */
export type Bins = { values: readonly (string | number)[] } | { edges: readonly number[] }

/** The same as shares of each sample: they sum to 1. */
export interface Shares {
  reference: readonly number[]
  current: readonly number[]
}

export const totalOf = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0)

export function sharesOf({ reference, current }: Counts): { reference: number[]; current: number[] } {
  const [before, after] = [totalOf(reference), totalOf(current)]
  return {
    reference: reference.map((count) => count / before),
    current: current.map((count) => count / after),
  }
}
