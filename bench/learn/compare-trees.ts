import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Benchmark } from '../harness/benchmark.ts'
import { pythonWith } from '../harness/peer.ts'
import { foreignSharesOf, medianOf, printedNumber, takeTurns, type Turn } from '../harness/take-turns.ts'
import { fitRows } from './fit-rows.ts'
import { treesRows } from './trees-rows.ts'
import { writeMatrix } from './write-matrix.ts'

const rows = 800_000
const testRows = 200_000
const trees = 100
const threads = 2

const ours = fileURLToPath(import.meta.resolve('./fit-trees.ts'))
const peer = fileURLToPath(import.meta.resolve('../peers/trees.py'))

/**
 * Gradient-boosted trees, 800 000 × 26, 100 trees of 31 leaves, on two threads each: ours, XGBoost’s `hist` and
 * scikit-learn’s HistGradientBoosting, in turns.
 */
export const compareTrees: Benchmark = async ({ folder, rounds, say }) => {
  const python = pythonWith({
    numpy: 'python3-numpy',
    sklearn: 'python3-sklearn',
    xgboost: 'python3-xgboost',
  })
  const train = join(folder, 'trees train')
  const test = join(folder, 'trees test')
  say(`Writing ${rows + testRows} rows.`)
  await writeMatrix(train, rows, treesRows(7))
  await writeMatrix(test, testRows, treesRows(8))
  const files = [train, test, String(trees), String(threads)]
  const turns = await takeTurns({
    rounds,
    say,
    about: 'Trees',
    commands: {
      Pipewright: () => ({ file: process.execPath, args: [ours, ...files] }),
      XGBoost: () => ({ file: python, args: [peer, 'xgboost', ...files] }),
      'scikit-learn': () => ({
        file: python,
        args: [peer, 'sklearn', ...files],
        environment: { OMP_NUM_THREADS: String(threads) },
      }),
    },
  })
  const { Pipewright: own, XGBoost: xgboost, 'scikit-learn': sklearn } = turns
  const seconds = (of: readonly Turn[]): number => medianOf(of, (turn) => printedNumber(turn, 'seconds'))
  const auc = (of: readonly Turn[]): number => medianOf(of, (turn) => printedNumber(turn, 'auc'))
  const memory = (of: readonly Turn[]): number => medianOf(of, ({ peakMemoryBytes }) => peakMemoryBytes)
  return {
    rows: fitRows('trees', turns),
    ratios: {
      treesTimeToXgboost: seconds(own) / seconds(xgboost),
      treesTimeToSklearn: seconds(own) / seconds(sklearn),
      treesMemoryToXgboost: memory(own) / memory(xgboost),
      treesAucLost: Math.max(auc(xgboost), auc(sklearn)) - auc(own),
    },
    must: {
      treesTimeToXgboost: 0.42,
      treesTimeToSklearn: 0.5,
      treesMemoryToXgboost: 0.6,
      treesAucLost: 0.001,
    },
    foreignShares: foreignSharesOf(turns),
  }
}
