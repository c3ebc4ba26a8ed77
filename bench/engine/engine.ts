import { copyFile, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Benchmark, Row } from '../harness/benchmark.ts'
import { pythonWith } from '../harness/peer.ts'
import { runMeasured, type Measured } from '../harness/run-measured.ts'
import { seriesOf } from '../harness/series.ts'
import { measureEngine } from './measure-engine.ts'

const command = fileURLToPath(import.meta.resolve('../../src/hosts/cli/pipewright.js'))
const exampleData = fileURLToPath(import.meta.resolve('../../examples/telco-churn/telco-churn.csv'))

/** What the engine costs: planning, running from the cache, a step that does nothing, and a cold start of the command. */
export const benchmark: Benchmark = async ({ folder, rounds, say }) => {
  const python = pythonWith({ pandas: 'python3-pandas', sklearn: 'python3-sklearn' })
  say('Measuring the engine.')
  const times = await measureEngine(join(folder, 'engine'), rounds)
  const file = await writeCachedPipeline(join(folder, 'start'))
  const start = () => runMeasured({ file: process.execPath, args: [command, 'run', file] })
  // The first makes the results, the second the compile cache.
  await start()
  await start()
  const ours: Measured[] = []
  const peer: Measured[] = []
  for (let round = 1; round <= 3 * rounds; round++) {
    say(`Cold start ${round} of ${3 * rounds}.`)
    ours.push(await start())
    peer.push(await runMeasured({ file: python, args: ['-c', 'import pandas, sklearn'] }))
  }
  const plan = seriesOf(times.map((each) => each.plan))
  const cachedRun = seriesOf(times.map((each) => each.cachedRun))
  const step = seriesOf(times.map((each) => each.step))
  const coldStart = seriesOf(ours.map(({ seconds }) => seconds))
  const coldPeer = seriesOf(peer.map(({ seconds }) => seconds))
  const rows: Row[] = [
    { name: '1 000 nodes: plan', unit: 'ms', series: plan },
    { name: '1 000 nodes: run from the cache', unit: 'ms', series: cachedRun },
    { name: 'one step, warm worker', unit: 'ms', series: step },
    { name: 'pipewright run, all cached', unit: 's', series: coldStart },
    { name: 'python3 -c "import pandas, sklearn"', unit: 's', series: coldPeer },
  ]
  return {
    rows,
    ratios: {
      planMs: plan.median,
      cachedRunMs: cachedRun.median,
      stepMs: step.median,
      coldStart: coldStart.median / coldPeer.median,
    },
    must: { planMs: 50, cachedRunMs: 1000, stepMs: 5, coldStart: 0.6 },
    foreignShares: [...ours, ...peer].map(({ foreignShare }) => foreignShare),
  }
}

async function writeCachedPipeline(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true })
  await copyFile(exampleData, join(folder, 'telco-churn.csv'))
  const file = join(folder, 'start.pipeline.json')
  const node = (type: string, params: object) => ({ type, version: 1, params })
  const pipeline = {
    format: 1,
    id: 'start',
    name: 'Start',
    nodes: {
      customers: node('ingestion.file', { path: 'telco-churn.csv' }),
      roles: node('features.set-roles', { target: 'Churn', id: ['customerID'] }),
      split: node('features.split', {}),
    },
    edges: ['customers.table -> roles.table', 'roles.table -> split.table'],
  }
  await writeFile(file, JSON.stringify(pipeline))
  return file
}
