import { missingBin, type BinnedMatrix } from './binned-matrix.ts'
import type { Tree } from './tree.ts'

/** Adds a tree's leaf values to the scores of binned rows. */
export function addTreeScores(options: { tree: Tree; matrix: BinnedMatrix; scores: Float32Array }): void {
  const { tree, matrix, scores } = options
  for (let row = 0; row < matrix.rows; row++) {
    scores[row] = scores[row]! + tree.leafValues[leafOfBinnedRow(tree, matrix, row)]!
  }
}

function leafOfBinnedRow(tree: Tree, { columns }: BinnedMatrix, row: number): number {
  let node = 0
  while (node >= 0) {
    const bin = columns[tree.features[node]!]![row]!
    const goesLeft = bin === missingBin ? tree.missingLeft[node] === 1 : bin <= tree.bins[node]!
    node = goesLeft ? tree.left[node]! : tree.right[node]!
  }
  return ~node
}
