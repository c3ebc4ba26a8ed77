import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Outcome } from '../harness/benchmark.ts'
import { foreignSharesOf, medianOf, rowOf, takeTurns } from '../harness/take-turns.ts'
import { learningTable } from '../learn/learning-table.ts'
import { launcher, type Contestants } from './contestants.ts'

const rows = 1_000_000
const peer = fileURLToPath(import.meta.resolve('../peers/score.py'))

/** A CSV file of 1 000 000 rows to one with the answers. */
export async function compareBatchScores({
  options,
  python,
  workspace,
  peerModel,
}: Contestants): Promise<Outcome> {
  const { rounds, say, folder } = options
  const table = await learningTable(rows, options)
  const turns = await takeTurns({
    rounds,
    say,
    about: 'A file of 1 000 000 rows',
    commands: {
      Pipewright: (round) => ({
        file: process.execPath,
        args: [launcher, 'predict', 'served', table, '-o', join(folder, `answers ${round}.csv`)],
        cwd: workspace,
      }),
      'pandas + scikit-learn': () => ({
        file: python,
        args: [peer, peerModel, table, join(folder, 'answers of the peer.csv')],
      }),
    },
    read: { Pipewright: () => ({}) },
  })
  const seconds = (name: keyof typeof turns): number => medianOf(turns[name], (turn) => turn.seconds)
  return {
    rows: Object.entries(turns).flatMap(([name, of]) => [
      rowOf(
        `${name}: 1 000 000 rows of a file`,
        's',
        of.map((turn) => turn.seconds),
      ),
      rowOf(
        `${name}: 1 000 000 rows of a file, time of all cores`,
        's',
        of.map((turn) => turn.cpuSeconds),
      ),
    ]),
    ratios: { batchScore: seconds('Pipewright') / seconds('pandas + scikit-learn') },
    must: { batchScore: 0.5 },
    foreignShares: foreignSharesOf(turns),
  }
}
