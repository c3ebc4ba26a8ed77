import type { FeatureBins } from './feature-bins.ts'
import type { GrownTree } from './grow-tree.ts'
import type { LeafSums } from './leaf-sums.ts'
import type { SplitCandidate } from './split-candidate.ts'
import type { Tree } from './tree.ts'

/** A tree that has grown, with the values of its leaves and the exact gain of its splits. */
export function assembleTree(options: {
  grown: GrownTree
  features: Uint32Array
  bins: readonly FeatureBins[]
  leafValues: Float32Array
  gains: Float64Array
}): Tree {
  const { grown, features, bins, leafValues, gains } = options
  const { branches, leaves } = grown
  const featureOf = ({ place }: SplitCandidate): number => features[place]!
  const categories = branches.map(({ candidate }) => {
    const split = bins[featureOf(candidate)]!
    return split.kind === 'category' ? membersOf(candidate, split.categories) : null
  })
  return {
    features: Int32Array.from(branches, ({ candidate }) => featureOf(candidate)),
    thresholds: Float32Array.from(branches, ({ candidate }) =>
      thresholdOf(candidate, bins[featureOf(candidate)]!),
    ),
    missingLeft: Uint8Array.from(branches, ({ candidate }) => Number(candidate.missingLeft)),
    ...(categories.some((each) => each !== null) && { categories }),
    left: Int32Array.from(branches, ({ left }) => left),
    right: Int32Array.from(branches, ({ right }) => right),
    leafValues,
    gains,
    nodeRows: Float64Array.from(branches, ({ rows }) => rows),
    leafRows: Float64Array.from(leaves, ({ rows }) => rows),
  }
}

/** Sums of the inner nodes from those of the leaves; children come after their parents. */
export function sumsOfBranches(grown: GrownTree, leafSums: readonly LeafSums[]): LeafSums[] {
  const sums: LeafSums[] = []
  const sumsOf = (child: number): LeafSums => (child < 0 ? leafSums[~child]! : sums[child]!)
  for (let node = grown.branches.length - 1; node >= 0; node--) {
    const [left, right] = [sumsOf(grown.branches[node]!.left), sumsOf(grown.branches[node]!.right)]
    sums[node] = { gradient: left.gradient + right.gradient, hessian: left.hessian + right.hessian }
  }
  return sums
}

function thresholdOf({ bin }: SplitCandidate, bins: FeatureBins): number {
  return bins.kind === 'category' ? 0 : (bins.cuts[bin - 1] ?? Infinity)
}

function membersOf({ categoryBits }: SplitCandidate, categories: Float32Array): Float32Array {
  return categories.filter((_, index) => ((categoryBits[(index + 1) >> 5]! >>> ((index + 1) & 31)) & 1) === 1)
}
