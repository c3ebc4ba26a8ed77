import type { DriftClassifier } from '../../core/drift-content.ts'
import { createRandom, shuffle } from '../../tables/random.ts'
import type { BoostingParameters } from '../gradient-boosted-trees/boosting-parameters.ts'
import { fitTrees } from '../gradient-boosted-trees/fit-trees.ts'
import { predictWithTrees } from '../gradient-boosted-trees/predict-trees.ts'
import type { FitRun, LearningTable } from '../learner.ts'
import { rocAucWithError } from '../metrics/delong.ts'
import { poolRows, type PooledColumn, type PooledRows } from './pooled-rows.ts'

const folds = 3
/** Of each sample: with fewer, trees tell nothing. */
export const fewestRows = 30
const mostTellers = 20

const parameters: BoostingParameters = {
  trees: 50,
  learningRate: 0.1,
  leaves: 15,
  minimumRowsInLeaf: 10,
  minimumGain: 0,
  l1: 0,
  l2: 1,
  bins: 255,
  rowShare: 1,
  columnShare: 1,
  earlyStoppingRounds: 0,
}

/**
 * How well trees tell rows of the current sample from those of the reference: ROC AUC on rows that they were not grown on,
 * the mean of three folds, with its interval of 95 % (DeLong). 0.5 is chance. Null where a sample has fewer than 30 rows.
 * Unlike a look at each column alone it also sees that columns no longer go together as they did.
 */
export async function tellApart(
  columns: readonly PooledColumn[],
  run: FitRun,
): Promise<DriftClassifier | null> {
  const [first] = columns
  if (!first || first.reference.length < fewestRows || first.current.length < fewestRows) return null
  const pooled = poolRows(columns)
  const foldOf = dealRows(pooled, run.seed)
  const importances = new Float64Array(pooled.features.length)
  let [auc, variance] = [0, 0]
  for (let fold = 0; fold < folds; fold++) {
    run.progress({ share: fold / folds, note: 'telling the samples apart' })
    const rows = rowsOfFold(foldOf, fold)
    const { model, importances: shares } = await fitTrees(
      learningTable(pooled, rows.train),
      { ...parameters, categorical: pooled.categorical },
      { ...run, progress: () => {} },
    )
    const held = matrixOf(pooled, rows.held)
    const probabilities = predictWithTrees(model, held)
    const scores = Float32Array.from(rows.held, (_, row) => probabilities[2 * row + 1]!)
    const isCurrent = Uint8Array.from(rows.held, (row) => pooled.isCurrent[row]!)
    const found = rocAucWithError(isCurrent, scores)!
    auc += found.auc / folds
    variance += (found.standardError / folds) ** 2
    for (const [place, share] of shares.entries()) importances[place]! += share / folds
  }
  const width = 1.959963984540054 * Math.sqrt(variance)
  return {
    auc,
    low: Math.max(0, auc - width),
    high: Math.min(1, auc + width),
    rows: { reference: first.reference.length, current: first.current.length },
    columns: pooled.features
      .map((column, place) => ({ column, importance: importances[place]! }))
      .filter(({ importance }) => importance > 0)
      .toSorted((a, b) => b.importance - a.importance)
      .slice(0, mostTellers),
  }
}

/** Each sample’s rows are dealt to the folds at random, so that every fold has both. */
function dealRows({ isCurrent }: PooledRows, seed: number): Uint8Array {
  const foldOf = new Uint8Array(isCurrent.length)
  for (const side of [0, 1]) {
    const rows = Uint32Array.from(isCurrent.keys()).filter((row) => isCurrent[row] === side)
    const dealt = shuffle(rows, createRandom(seed, `tell apart ${side}`))
    for (const [place, row] of dealt.entries()) foldOf[row] = place % folds
  }
  return foldOf
}

function rowsOfFold(foldOf: Uint8Array, fold: number): { train: Uint32Array; held: Uint32Array } {
  const rows = Uint32Array.from(foldOf.keys())
  return {
    train: rows.filter((row) => foldOf[row] !== fold),
    held: rows.filter((row) => foldOf[row] === fold),
  }
}

function matrixOf({ features, data }: PooledRows, rows: Uint32Array): { rows: number; data: Float32Array } {
  const width = features.length
  const chosen = new Float32Array(rows.length * width)
  for (const [place, row] of rows.entries())
    chosen.set(data.subarray(row * width, (row + 1) * width), place * width)
  return { rows: rows.length, data: chosen }
}

function learningTable(pooled: PooledRows, train: Uint32Array): LearningTable {
  const matrix = matrixOf(pooled, train)
  return {
    features: pooled.features,
    rows: { train: train.length, validation: 0 },
    async *chunks(part) {
      if (part === 'train') yield matrix
    },
    target: {
      column: 'sample',
      task: 'binary',
      classes: ['reference', 'current'],
      codes: {
        train: Uint16Array.from(train, (row) => pooled.isCurrent[row]!),
        validation: new Uint16Array(0),
      },
    },
  }
}
