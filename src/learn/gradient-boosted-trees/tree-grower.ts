import { createRandom, type Random } from '../../tables/random.ts'
import { selectAtRandom } from '../select-at-random.ts'
import { addTreeScores } from './add-tree-scores.ts'
import type { BinnedMatrix } from './binned-matrix.ts'
import type { BoostingParameters } from './boosting-parameters.ts'
import { growTree } from './grow-tree.ts'
import { createHistogramPool } from './histogram-pool.ts'
import { layOutHistograms, narrowLayout, type HistogramLayout } from './histograms.ts'
import type { Tree } from './tree.ts'

/** A child's hessian is at least this share of a mean weight (as in scikit-learn, where weights are 1). */
const leastHessian = 1e-3

/** Grows one tree after the other on the same rows, each on the sample of rows and features that its round draws. */
export interface TreeGrower {
  /** True when rounds differ in what they may use: one that finds no split says nothing of the next. */
  readonly samples: boolean
  /** Grows the tree of a round and adds it to the scores; null when nothing can be split. */
  grow(round: number, derivatives: Float64Array): Promise<Tree | null>
}

export function createTreeGrower(options: {
  matrix: BinnedMatrix
  scores: Float32Array
  cuts: readonly Float32Array[]
  meanWeight: number
  parameters: BoostingParameters
  seed: number
  turn: () => Promise<void> | undefined
}): TreeGrower {
  const { matrix, scores, cuts, parameters, seed, turn } = options
  const { rowShare, columnShare, leaves, depth = Infinity, learningRate } = parameters
  const wholeLayout = layOutHistograms(matrix, cuts)
  const pool = createHistogramPool(wholeLayout.length)
  const rows = new Uint32Array(matrix.rows)
  const scratch = new Uint32Array(matrix.rows)
  const rules = { ...parameters, minimumHessianInLeaf: leastHessian * options.meanWeight }
  const orderedDerivatives = new Float64Array(2 * matrix.rows)
  const growth = { matrix, cuts, scratch, orderedDerivatives, pool, rules, leaves, depth, learningRate, turn }

  return {
    samples: rowShare < 1 || columnShare < 1,
    async grow(round, derivatives) {
      const sampled = sampleRows({
        rows,
        share: rowShare,
        random: createRandom(seed, `rows of tree ${round}`),
      })
      const random = createRandom(seed, `features of tree ${round}`)
      const layout = sampleFeatures({ layout: wholeLayout, share: columnShare, random })
      const grown = await growTree({ ...growth, rows: sampled, layout, derivatives })
      if (!grown) return null
      const { tree, leafRows } = grown
      if (rowShare < 1) addTreeScores({ tree, matrix, scores })
      else
        for (const [leaf, itsRows] of leafRows.entries()) addToScores(scores, itsRows, tree.leafValues[leaf]!)
      return tree
    },
  }
}

/** Fills `rows` with the rows of a round and gives the part that is used. */
function sampleRows(options: { rows: Uint32Array; share: number; random: Random }): Uint32Array {
  const { rows, share, random } = options
  if (share < 1) {
    const count = Math.max(1, Math.round(share * rows.length))
    rows.set(selectAtRandom({ count, from: rows.length, random }))
    return rows.subarray(0, count)
  }
  for (let row = 0; row < rows.length; row++) rows[row] = row
  return rows
}

function sampleFeatures(options: {
  layout: HistogramLayout
  share: number
  random: Random
}): HistogramLayout {
  const { layout, share, random } = options
  const from = layout.features.length
  const count = Math.max(Math.min(1, from), Math.round(share * from))
  return share < 1 ? narrowLayout(layout, selectAtRandom({ count, from, random })) : layout
}

function addToScores(scores: Float32Array, rows: Uint32Array, value: number): void {
  for (let index = 0; index < rows.length; index++) {
    const row = rows[index]!
    scores[row] = scores[row]! + value
  }
}
