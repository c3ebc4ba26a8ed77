import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Benchmark, Row } from '../harness/benchmark.ts'
import { pythonWith } from '../harness/peer.ts'
import { runMeasured, type Command, type Measured } from '../harness/run-measured.ts'
import { seriesOf } from '../harness/series.ts'
import { writeMatrix } from './write-matrix.ts'

const rows = 800_000
const testRows = 200_000
const trees = 100
const threads = 2

const ours = fileURLToPath(import.meta.resolve('./fit-trees.ts'))
const peer = fileURLToPath(import.meta.resolve('../peers/trees.py'))

interface Fit extends Measured {
  fitSeconds: number
  auc: number
}

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
  const train = join(folder, 'train')
  const test = join(folder, 'test')
  say(`Writing ${rows} rows.`)
  await writeMatrix(train, { rows, seed: 7 })
  await writeMatrix(test, { rows: testRows, seed: 8 })
  const files = [train, test, String(trees), String(threads)]
  const commands: Record<'Pipewright' | 'XGBoost' | 'scikit-learn', Command> = {
    Pipewright: { file: process.execPath, args: [ours, ...files] },
    XGBoost: { file: python, args: [peer, 'xgboost', ...files] },
    'scikit-learn': {
      file: python,
      args: [peer, 'sklearn', ...files],
      environment: { OMP_NUM_THREADS: String(threads) },
    },
  }
  const fits: Record<keyof typeof commands, Fit[]> = { Pipewright: [], XGBoost: [], 'scikit-learn': [] }
  for (let round = 1; round <= rounds; round++) {
    say(`Trees, round ${round} of ${rounds}.`)
    for (const name of Object.keys(commands) as (keyof typeof commands)[])
      fits[name].push(await fit(commands[name]))
  }
  const { Pipewright: own, XGBoost: xgboost, 'scikit-learn': sklearn } = fits
  const best = Math.max(medianOf(xgboost, 'auc'), medianOf(sklearn, 'auc'))
  return {
    rows: Object.entries(fits).flatMap(([name, runs]) => rowsOf(name, runs)),
    ratios: {
      treesTimeToXgboost: medianOf(own, 'fitSeconds') / medianOf(xgboost, 'fitSeconds'),
      treesTimeToSklearn: medianOf(own, 'fitSeconds') / medianOf(sklearn, 'fitSeconds'),
      treesMemoryToXgboost: medianOf(own, 'peakMemoryBytes') / medianOf(xgboost, 'peakMemoryBytes'),
      treesAucLost: best - medianOf(own, 'auc'),
    },
    must: {
      treesTimeToXgboost: 0.42,
      treesTimeToSklearn: 0.5,
      treesMemoryToXgboost: 0.6,
      treesAucLost: 0.001,
    },
    foreignShares: Object.values(fits).flatMap((runs) => runs.map(({ foreignShare }) => foreignShare)),
  }
}

async function fit(command: Command): Promise<Fit> {
  const measured = await runMeasured(command)
  const { seconds, auc } = JSON.parse(measured.stdout) as { seconds: number; auc: number }
  return { ...measured, fitSeconds: seconds, auc }
}

const medianOf = (runs: readonly Fit[], key: 'fitSeconds' | 'peakMemoryBytes' | 'auc'): number =>
  seriesOf(runs.map((run) => run[key])).median

function rowsOf(name: string, runs: readonly Fit[]): Row[] {
  return [
    { name: `${name}, trees: time`, unit: 's', series: seriesOf(runs.map(({ fitSeconds }) => fitSeconds)) },
    {
      name: `${name}, trees: memory`,
      unit: 'MB',
      series: seriesOf(runs.map(({ peakMemoryBytes }) => peakMemoryBytes / 1e6)),
    },
  ]
}
