import type { SearchedLeaf } from './split-search.ts'
import type { RowCounting, ThreadShare } from './thread-share.ts'

/** Arguments of an operation as numbers, in the order in which it is declared here. */
type Operation = (share: ThreadShare, args: Float64Array) => void

const parts = ['train', 'validation'] as const
const countings: readonly RowCounting[] = ['none', 'hessian']

/** What threads do in step: each does its share. Names stand in shared memory as places in this list. */
export const teamOperations = {
  prepareRound: (share, [part]) => share.prepareRound(parts[part!]!),
  derive: (share, [part, output]) => share.derive({ part: parts[part!]!, output: output! }),
  startTree: (share, [round, rowShare, gradient, hessian, slot]) =>
    share.startTree({
      round: round!,
      rowShare: rowShare!,
      scales: { gradient: gradient!, hessian: hessian! },
      slot: slot!,
    }),
  splitLeaf: (share, [leaf, newLeaf, place, count, slot]) =>
    share.splitLeaf({ leaf: leaf!, newLeaf: newLeaf!, place: place!, count: count!, slot: slot! }),
  countLeaf: (share, [leaf, slot]) => share.countLeaf({ leaf: leaf!, slot: slot! }),
  searchSplits: (share, [slot, largerSlot, gradient, hessian, rows, ...leaves]) =>
    share.searchSplits({
      slot: slot!,
      largerSlot: largerSlot!,
      units: { gradient: gradient!, hessian: hessian! },
      rows: countings[rows!]!,
      leaves: [leafOf(leaves), leafOf(leaves.slice(numbersOfLeaf))],
    }),
  countOnes: (share, [leaf]) => share.countOnes(leaf!),
  searchCounted: (share, [slot, gradient, hessian, ...leaf]) =>
    share.searchCounted({
      slot: slot!,
      units: { gradient: gradient!, hessian: hessian! },
      leaf: leafOf(leaf),
    }),
  countLeft: (share, [leaf, place]) => share.countLeft({ leaf: leaf!, place: place! }),
  sumLeaves: (share, [leaves, gradient, hessian]) =>
    share.sumLeaves({ leaves: leaves!, rounders: { gradient: gradient!, hessian: hessian! } }),
  findLeafQuantiles: (share, [leaves, level]) => share.findLeafQuantiles({ leaves: leaves!, level: level! }),
  addScores: (share, [leaves, output]) => share.addScores({ leaves: leaves!, output: output! }),
} satisfies Record<string, Operation>

const numbersOfLeaf = 5

export const numbersOf = ({ sums, rows, bounds }: SearchedLeaf): number[] => [
  sums.gradient,
  sums.hessian,
  rows,
  bounds.lowest,
  bounds.highest,
]

function leafOf([gradient, hessian, rows, lowest, highest]: readonly number[]): SearchedLeaf {
  return {
    sums: { gradient: gradient!, hessian: hessian! },
    rows: rows!,
    bounds: { lowest: lowest!, highest: highest! },
  }
}

export type TeamOperation = keyof typeof teamOperations
export const operationNames = Object.keys(teamOperations) as TeamOperation[]
/** What ends a thread. */
export const leaveTeam = -1
