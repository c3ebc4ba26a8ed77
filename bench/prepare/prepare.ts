import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Benchmark, BenchmarkOptions, Row } from '../harness/benchmark.ts'
import { pythonWith } from '../harness/peer.ts'
import { runMeasured, type Measured } from '../harness/run-measured.ts'
import { seriesOf, type Series } from '../harness/series.ts'
import { preparationPipeline, range } from './pipeline.ts'
import { numbers, target, writeTable } from './write-table.ts'

const rows = 1_000_000
const manyRows = 10_000_000
const command = fileURLToPath(import.meta.resolve('../nodes/pipewright.js'))
const peerScript = fileURLToPath(import.meta.resolve('../peers/prepare.py'))

/**
 * From a CSV file to the matrix that a learner gets: our command, with a pipeline file, beside what one would write with
 * pandas and scikit-learn. Also with ten times the rows, and again with another parameter of the last node.
 */
export const benchmark: Benchmark = async (options) => {
  const { folder, rounds, say } = options
  const python = pythonWith({ pandas: 'python3-pandas', sklearn: 'python3-sklearn' })
  const data = join(folder, 'table.csv')
  say(`Writing ${rows} rows.`)
  await writeTable(data, { rows, seed: 7 })
  const ours: Measured[] = []
  const again: Measured[] = []
  const peer: Measured[] = []
  for (let round = 1; round <= rounds; round++) {
    say(`Round ${round} of ${rounds}.`)
    const workspace = join(folder, `workspace ${round}`)
    ours.push(await prepare({ workspace, data, rate: 0.1 }))
    again.push(await prepare({ workspace, data, rate: 0.2 }))
    const ranges = Object.fromEntries(Object.keys(numbers).map((name) => [name, range]))
    peer.push(await runMeasured({ file: python, args: [peerScript, data, target, JSON.stringify(ranges)] }))
    refuseOtherWork(ours.at(-1)!, peer.at(-1)!)
  }
  const many = await prepareMany(options)
  const measured = { ours, again, peer, many: [many] }
  return {
    rows: Object.entries(measured).flatMap(([name, runs]) =>
      rowsOf(titles[name as keyof typeof titles], runs),
    ),
    ratios: {
      time: medianOf(ours, 'seconds') / medianOf(peer, 'seconds'),
      memory: medianOf(ours, 'peakMemoryBytes') / medianOf(peer, 'peakMemoryBytes'),
      memoryOfTenfold: many.peakMemoryBytes / medianOf(ours, 'peakMemoryBytes'),
      rerun: medianOf(again, 'seconds') / medianOf(ours, 'seconds'),
    },
    must: { time: 0.45, memory: 0.6, memoryOfTenfold: 1.5, rerun: 0.25 },
    foreignShares: Object.values(measured).flatMap((runs) => runs.map(({ foreignShare }) => foreignShare)),
  }
}

const titles = {
  ours: 'Pipewright',
  again: 'Pipewright, last node changed',
  peer: 'pandas + scikit-learn',
  many: 'Pipewright, 10 000 000 rows',
}

async function prepareMany({ folder, say }: BenchmarkOptions): Promise<Measured> {
  const data = join(folder, 'large.csv')
  say(`Writing ${manyRows} rows.`)
  await writeTable(data, { rows: manyRows, seed: 8 })
  say(`Preparing ${manyRows} rows.`)
  return prepare({ workspace: join(folder, 'large workspace'), data, rate: 0.1 })
}

async function prepare(options: { workspace: string; data: string; rate: number }): Promise<Measured> {
  const { workspace, data, rate } = options
  const file = join(workspace, 'prepare.pipeline.json')
  await mkdir(workspace, { recursive: true })
  await writeFile(file, preparationPipeline({ data, rate }))
  return runMeasured({ file: process.execPath, args: [command, 'run', file, '--json'], cwd: workspace })
}

/** Both have to give a matrix of as many rows and columns, else they did not do the same. */
function refuseOtherWork(ours: Measured, peer: Measured): void {
  const made =
    /"matrix\.rows":(\d+).*?"matrix\.columns":(\d+)|"matrix\.columns":(\d+).*?"matrix\.rows":(\d+)/.exec(
      ours.stdout,
    )
  const { rows, columns } = JSON.parse(peer.stdout) as { rows: number; columns: number }
  const own = [Number(made?.[1] ?? made?.[4]), Number(made?.[2] ?? made?.[3])]
  if (own[0] !== rows || own[1] !== columns)
    throw new Error(`a matrix of ${own.join(' × ')} is no match for one of ${rows} × ${columns}`)
}

function rowsOf(name: string, runs: readonly Measured[]): Row[] {
  const megabytes = ({ median, low, high }: Series): Series => ({
    median: median / 1e6,
    low: low / 1e6,
    high: high / 1e6,
  })
  return [
    { name: `${name}: time`, unit: 's', series: seriesOf(runs.map(({ seconds }) => seconds)) },
    {
      name: `${name}: time of all cores`,
      unit: 's',
      series: seriesOf(runs.map(({ cpuSeconds }) => cpuSeconds)),
    },
    {
      name: `${name}: peak memory`,
      unit: 'MB',
      series: megabytes(seriesOf(runs.map(({ peakMemoryBytes }) => peakMemoryBytes))),
    },
  ]
}

const medianOf = (runs: readonly Measured[], what: 'seconds' | 'peakMemoryBytes'): number =>
  seriesOf(runs.map((run) => run[what])).median
