import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Benchmark, Row } from '../harness/benchmark.ts'
import { pythonWith } from '../harness/peer.ts'
import {
  foreignSharesOf,
  medianOf,
  printedNumber,
  rowOf,
  takeTurns,
  type Turn,
} from '../harness/take-turns.ts'
import { target } from '../prepare/write-table.ts'
import { learningTable } from './learning-table.ts'
import { readRun, runPipeline, type ChainPipeline } from './run-pipeline.ts'

const rows = 1_000_000
const iterations = 200
/** That of scikit-learn, unless said otherwise. */
const tolerance = 1e-4

const peer = fileURLToPath(import.meta.resolve('../peers/logistic.py'))

/**
 * Logistic regression on 20 numbers and 6 texts, one-hot to 115 columns, of 1 000 000 rows: imputing, encoding, scaling and
 * the fit, from the table as it was read to the model. Both minimize the same function.
 */
export const compareLogistic: Benchmark = async (options) => {
  const { folder, rounds, say } = options
  const python = pythonWith({ pandas: 'python3-pandas', sklearn: 'python3-sklearn' })
  const data = await learningTable(rows, options)
  const turns = await takeTurns({
    rounds,
    say,
    about: 'Logistic regression',
    commands: {
      Pipewright: (round) => runPipeline(join(folder, `logistic ${round}`), { chain: chainOf(data) }),
      'scikit-learn': () => ({ file: python, args: [peer, data, target, String(iterations)] }),
    },
    read: { Pipewright: readRun },
  })
  const { Pipewright: own, 'scikit-learn': sklearn } = turns
  const ownLoss = medianOf(own, (turn) => printedNumber(turn, 'logistic.log_loss'))
  const peerLoss = medianOf(sklearn, (turn) => printedNumber(turn, 'logLoss'))
  return {
    rows: [...ownRows(own), ...peerRows(sklearn)],
    ratios: {
      logisticTimeToSklearn:
        medianOf(own, secondsOf) / medianOf(sklearn, (turn) => printedNumber(turn, 'seconds')),
      logisticLossApart: Math.abs(ownLoss - peerLoss),
    },
    must: { logisticTimeToSklearn: 0.25, logisticLossApart: 1e-4 },
    foreignShares: foreignSharesOf(turns),
  }
}

const chainOf = (path: string): ChainPipeline['chain'] => [
  { key: 'table', type: 'ingestion.file', params: { path } },
  { key: 'roles', type: 'features.set-roles', params: { target } },
  { key: 'impute', type: 'features.impute', params: { text: 'constant' } },
  { key: 'encode', type: 'features.encode', params: { maximumCategories: 20 } },
  { key: 'scale', type: 'features.scale' },
  { key: 'logistic', type: 'training.fit-logistic', params: { iterations, tolerance } },
]

const preparation = ['impute', 'encode', 'scale'] as const

const preparationSeconds = (turn: Turn): number =>
  preparation.reduce((sum, node) => sum + printedNumber(turn, `${node}.seconds`), 0)

const secondsOf = (turn: Turn): number => preparationSeconds(turn) + printedNumber(turn, 'logistic.seconds')

const ownRows = (turns: readonly Turn[]): Row[] => [
  rowOf('Pipewright, logistic regression: time', 's', turns.map(secondsOf)),
  rowOf('Pipewright, logistic regression: of it, preparation', 's', turns.map(preparationSeconds)),
]

const peerRows = (turns: readonly Turn[]): Row[] =>
  (
    [
      ['scikit-learn, logistic regression: time', 'seconds'],
      ['scikit-learn, logistic regression: of it, preparation', 'encodingSeconds'],
      ['scikit-learn, logistic regression: time of all cores', 'cpuSeconds'],
    ] as const
  ).map(([name, printed]) =>
    rowOf(
      name,
      's',
      turns.map((turn) => printedNumber(turn, printed)),
    ),
  )
