import type { Tree } from '../histogram-trees/tree.ts'

/** One share a feature, of the gain of all splits or of their number; all 0 where there are none. */
export function importancesOf(
  trees: readonly Tree[],
  { features, by }: { features: number; by: 'gain' | 'splits' },
): number[] {
  const sums = Array.from<number>({ length: features }).fill(0)
  for (const tree of trees) {
    for (const [node, feature] of tree.features.entries())
      sums[feature]! += by === 'gain' ? tree.gains[node]! : 1
  }
  const total = sums.reduce((sum, share) => sum + share, 0)
  return total > 0 ? sums.map((share) => share / total) : sums
}
