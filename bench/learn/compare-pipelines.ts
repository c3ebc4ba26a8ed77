import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Benchmark, Row } from '../harness/benchmark.ts'
import { pythonWith } from '../harness/peer.ts'
import type { Command } from '../harness/run-measured.ts'
import {
  foreignSharesOf,
  medianOf,
  printedNumber,
  rowOf,
  takeTurns,
  type Turn,
} from '../harness/take-turns.ts'
import { expectations, range } from '../prepare/pipeline.ts'
import { numbers, target } from '../prepare/write-table.ts'
import { learningTable } from './learning-table.ts'
import { readRun, runPipeline } from './run-pipeline.ts'

const rows = 1_000_000
const manyRows = 5_000_000

const peer = fileURLToPath(import.meta.resolve('../peers/pipeline.py'))
const encodings = ['one-hot', 'ordinal'] as const
type Encoding = (typeof encodings)[number]

/**
 * From the CSV file to a model that is stored and evaluated: read, checks, split, encoding, 100 trees, metrics of the test
 * rows. Our command beside a script of pandas and scikit-learn, in turns: about a minute a round.
 */
export const comparePipelines: Benchmark = async (options) => {
  const { folder, rounds, say } = options
  const python = pythonWith(modules)
  const data = await learningTable(rows, options)
  const turns = await takeTurns({
    rounds,
    say,
    about: 'Whole pipelines',
    commands: {
      Pipewright: (round) => ours(join(folder, `pipeline ${round}`), data),
      'one-hot': () => script(python, { data, encoding: 'one-hot', folder }),
      ordinal: () => script(python, { data, encoding: 'ordinal', folder }),
    },
    read: { Pipewright: readRun },
  })
  const seconds = (of: readonly Turn[]): number => medianOf(of, (turn) => turn.seconds)
  const faster = encodings.reduce((best, each) => (seconds(turns[each]) < seconds(turns[best]) ? each : best))
  const peerAuc = medianOf(turns[faster], (turn) => printedNumber(turn, 'auc'))
  return {
    rows: rowsOf('pipeline', turns),
    ratios: {
      pipelineTime: seconds(turns.Pipewright) / seconds(turns[faster]),
      pipelineMemory: memoryOf(turns.Pipewright) / memoryOf(turns[faster]),
      pipelineAucLost:
        peerAuc - medianOf(turns.Pipewright, (turn) => printedNumber(turn, 'evaluate.roc_auc')),
    },
    must: { pipelineTime: 0.5, pipelineMemory: 1.2, pipelineAucLost: 0.005 },
    foreignShares: foreignSharesOf(turns),
  }
}

/** The same of 5 000 000 rows, once, beside the encoding that is faster: some two minutes, half of them the script's. */
export const compareManyRows: Benchmark = async (options) => {
  const { folder, say } = options
  const python = pythonWith(modules)
  const data = await learningTable(manyRows, options)
  const turns = await takeTurns({
    rounds: 1,
    say,
    about: `Whole pipelines of ${manyRows} rows`,
    commands: {
      Pipewright: () => ours(join(folder, 'pipeline of many'), data),
      ordinal: () => script(python, { data, encoding: 'ordinal', folder }),
    },
    read: { Pipewright: readRun },
  })
  return {
    rows: rowsOf('pipeline of 5 000 000 rows', turns),
    ratios: { pipelineMemoryOfMany: memoryOf(turns.Pipewright) / memoryOf(turns.ordinal) },
    must: { pipelineMemoryOfMany: 0.6 },
    foreignShares: foreignSharesOf(turns),
  }
}

const modules = { pandas: 'python3-pandas', sklearn: 'python3-sklearn' }

const ours = (workspace: string, path: string): Promise<Command> =>
  runPipeline(workspace, {
    chain: [
      { key: 'table', type: 'ingestion.file', params: { path } },
      { key: 'checks', type: 'validation.expectations', params: { expectations: expectations() } },
      { key: 'roles', type: 'features.set-roles', params: { target } },
      { key: 'split', type: 'features.split', params: { method: 'stratified', test: 0.2, validation: 0 } },
      { key: 'encode', type: 'features.encode', params: { method: 'ordinal', maximumCategories: 1000 } },
      { key: 'trees', type: 'training.gradient-boosted-trees', params: { trees: 100 } },
    ],
    last: {
      key: 'evaluate',
      type: 'training.evaluate',
      // The script has no intervals either.
      params: { resamples: 0 },
      edges: ['trees.model -> evaluate.models', 'encode.table -> evaluate.table'],
    },
  })

function script(
  python: string,
  { data, encoding, folder }: { data: string; encoding: Encoding; folder: string },
): Command {
  const ranges = Object.fromEntries(Object.keys(numbers).map((name) => [name, range]))
  const model = join(folder, 'model.joblib')
  return { file: python, args: [peer, data, target, JSON.stringify(ranges), encoding, model] }
}

const memoryOf = (turns: readonly Turn[]): number => medianOf(turns, ({ peakMemoryBytes }) => peakMemoryBytes)

const titles: Readonly<Record<string, string>> = {
  Pipewright: 'Pipewright',
  'one-hot': 'pandas + scikit-learn, one-hot',
  ordinal: 'pandas + scikit-learn, ordinal',
}

function rowsOf(about: string, turns: Readonly<Record<string, readonly Turn[]>>): Row[] {
  return Object.entries(turns).flatMap(([name, of]) => [
    rowOf(
      `${titles[name]}, ${about}: time`,
      's',
      of.map(({ seconds }) => seconds),
    ),
    rowOf(
      `${titles[name]}, ${about}: time of all cores`,
      's',
      of.map(({ cpuSeconds }) => cpuSeconds),
    ),
    rowOf(
      `${titles[name]}, ${about}: peak memory`,
      'MB',
      of.map(({ peakMemoryBytes }) => peakMemoryBytes / 1e6),
    ),
  ])
}
