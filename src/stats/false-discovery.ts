/**
 * p-values adjusted for their number by Benjamini and Hochberg (1995): rejecting those of at most 0.05 leaves an expected
 * share of 5 % false ones among the rejected.
 */
export function adjustForFalseDiscovery(pValues: readonly number[]): number[] {
  const order = Array.from(pValues.keys()).toSorted((a, b) => pValues[b]! - pValues[a]!)
  const adjusted = Array.from(pValues)
  let smallest = 1
  for (const [index, at] of order.entries()) {
    smallest = Math.min(smallest, (pValues[at]! * pValues.length) / (pValues.length - index))
    adjusted[at] = smallest
  }
  return adjusted
}
