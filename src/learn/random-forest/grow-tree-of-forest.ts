import { missingBin } from '../histogram-trees/feature-bins.ts'
import type { ForestTask, GrownForestTree } from './forest-task.ts'
import { ForestTreeGrower } from './grow-forest-tree.ts'

/** Grows a tree, and lets it vote on the rows that it was not grown on. */
export function growTreeOfForest(task: ForestTask, tree: number): GrownForestTree {
  const grower = new ForestTreeGrower(task, tree)
  const grown = grower.grow()
  if (task.outOfBag) vote(task, { grown, weights: grower.weights })
  return grown
}

function vote(
  { memory, at, rows, outputs, outOfBag }: ForestTask,
  { grown, weights }: { grown: GrownForestTree; weights: Float32Array },
): void {
  const { votes, voters, scale } = outOfBag!
  const voteOf = new Int32Array(votes)
  const votersOf = new Int32Array(voters)
  const columns = new Uint8Array(memory.buffer, at.columns)
  for (let row = 0; row < rows; row++) {
    if (weights[row]! > 0) continue
    const leaf = leafOfBins(grown, (place) => columns[place * rows + row]!)
    Atomics.add(votersOf, row, 1)
    for (let output = 0; output < outputs; output++) {
      const answer = grown.leafAnswers[leaf * outputs + output]!
      Atomics.add(voteOf, row * outputs + output, Math.round(answer * scale))
    }
  }
}

function leafOfBins(tree: GrownForestTree, binOf: (place: number) => number): number {
  if (tree.places.length === 0) return 0
  let node = 0
  while (node >= 0) {
    const bin = binOf(tree.places[node]!)
    const goesLeft = bin === missingBin ? tree.missingLeft[node]! : bin <= tree.bins[node]!
    node = goesLeft ? tree.left[node]! : tree.right[node]!
  }
  return ~node
}
