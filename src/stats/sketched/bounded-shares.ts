import { widthEdges, type Binning } from '../bins.ts'
import type { Bins } from '../counts.ts'
import { exactly, shareBetween, type Bounded } from './bounded.ts'
import type { CountedValues } from './counted-values.ts'
import { rankBelow, type RankedNumbers } from './ranked-numbers.ts'

/** Which share of each sample lies in each of the same bins or categories, as far as it is known. */
export interface BoundedShares {
  bins: Bins
  reference: readonly Bounded[]
  current: readonly Bounded[]
}

/** Shares in bins, a value on an edge in the upper one; edges as of exact samples. */
export function sharesInBins(
  reference: RankedNumbers,
  current: RankedNumbers,
  binning: Binning,
): BoundedShares {
  const edges =
    binning.by === 'quantile'
      ? quantileEdges(reference, binning.count)
      : widthEdges(reference.values, current.values, binning.count)
  return { bins: { edges }, reference: between(edges, reference), current: between(edges, current) }
}

function quantileEdges({ values, upTo }: RankedNumbers, count: number): number[] {
  const edges = new Set<number>()
  let place = 0
  for (let bin = 1; bin < count; bin++) {
    // Sums of shares that are no binary fractions may be smaller than they are.
    while (upTo.value[place]! < bin / count - 1e-12) place++
    edges.add(values[place]!)
  }
  return [...edges]
}

function between(edges: readonly number[], numbers: RankedNumbers): Bounded[] {
  const ranks = [exactly(0), ...edges.map((edge) => rankBelow(numbers, edge)), exactly(1)]
  return ranks.slice(1).map((rank, bin) => shareBetween(ranks[bin]!, rank))
}

/** Shares of categories: of the values that are listed, and of all others where values are not listed. */
export function sharesOfValues(reference: CountedValues, current: CountedValues): BoundedShares {
  const values = comparedValues(reference, current)
  const hasRest = !(reference.isComplete && current.isComplete)
  const sharesOf = (side: CountedValues): Bounded[] => {
    const own = values.map((value) => shareOf(side, value))
    return hasRest ? [...own, restOf(side, values)] : own
  }
  return { bins: { values }, reference: sharesOf(reference), current: sharesOf(current) }
}

/** What is not listed on one side alone is compared as a part of all others. Numbers are in their order. */
function comparedValues(reference: CountedValues, current: CountedValues): (string | number)[] {
  const listing =
    reference.isComplete === current.isComplete
      ? [reference, current]
      : [reference.isComplete ? current : reference]
  const values = [...new Set(listing.flatMap(({ counts }) => Array.from(counts.keys())))]
  return typeof values[0] === 'number' ? values.toSorted((a, b) => Number(a) - Number(b)) : values
}

function shareOf({ count, counts, isComplete, missed }: CountedValues, value: string | number): Bounded {
  const own = counts.get(value)
  if (own !== undefined)
    return { value: own / count, low: own / count, high: Math.min(1, (own + missed) / count) }
  if (isComplete) return exactly(0)
  const rarest = Math.min(...counts.values())
  return { value: 0, low: 0, high: Math.min(1, (rarest + missed) / count) }
}

function restOf(side: CountedValues, values: readonly (string | number)[]): Bounded {
  const listed = values.reduce<number>((sum, value) => sum + (side.counts.get(value) ?? 0), 0)
  const high = (side.count - listed) / side.count
  if (side.isComplete) return exactly(high)
  const most = values.reduce<number>((sum, value) => sum + shareOf(side, value).high, 0)
  return { value: high, low: Math.max(0, 1 - most), high }
}
