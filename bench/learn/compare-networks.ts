import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Benchmark } from '../harness/benchmark.ts'
import { pythonWith } from '../harness/peer.ts'
import { foreignSharesOf, medianOf, printedNumber, takeTurns, type Turn } from '../harness/take-turns.ts'
import { fitRows } from './fit-rows.ts'
import { networkRows } from './network-rows.ts'
import { writeMatrix } from './write-matrix.ts'

const rows = 200_000
const testRows = 20_000
const epochs = 10
const threads = 2

const ours = fileURLToPath(import.meta.resolve('./fit-network.ts'))
const peer = fileURLToPath(import.meta.resolve('../peers/network.py'))

/**
 * A multilayer perceptron of 50-128-64-1 units, batches of 1 024 of 200 000 rows, 10 epochs on two threads: ours beside
 * scikit-learn’s MLPClassifier.
 */
export const compareNetworks: Benchmark = async ({ folder, rounds, say }) => {
  const python = pythonWith({ numpy: 'python3-numpy', sklearn: 'python3-sklearn' })
  const train = join(folder, 'network train')
  const test = join(folder, 'network test')
  say(`Writing ${rows + testRows} rows.`)
  await writeMatrix(train, rows, networkRows(7))
  await writeMatrix(test, testRows, networkRows(8))
  const args = [train, test, String(networkRows(7).width), String(epochs), String(threads)]
  const turns = await takeTurns({
    rounds,
    say,
    about: 'Networks',
    commands: {
      Pipewright: () => ({ file: process.execPath, args: [ours, ...args] }),
      'scikit-learn': () => ({ file: python, args: [peer, ...args] }),
    },
  })
  const { Pipewright: own, 'scikit-learn': sklearn } = turns
  const epoch = (of: readonly Turn[]): number =>
    medianOf(of, (turn) => printedNumber(turn, 'seconds') / epochs)
  const auc = (of: readonly Turn[]): number => medianOf(of, (turn) => printedNumber(turn, 'auc'))
  return {
    rows: fitRows(`network of ${epochs} epochs`, turns),
    ratios: {
      networkEpochToSklearn: epoch(own) / epoch(sklearn),
      networkAucLost: auc(sklearn) - auc(own),
    },
    must: { networkEpochToSklearn: 0.6, networkAucLost: 0.01 },
    foreignShares: foreignSharesOf(turns),
  }
}
