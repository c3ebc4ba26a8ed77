import { availableParallelism } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Outcome, Row } from '../harness/benchmark.ts'
import type { Command } from '../harness/run-measured.ts'
import { seriesOf } from '../harness/series.ts'
import { rowOf } from '../harness/take-turns.ts'
import { askSteadily } from './ask-steadily.ts'
import { launcher, storedModel, type Contestants } from './contestants.ts'
import { runServer } from './run-server.ts'
import { saturate } from './saturate.ts'
import { writeBodies, type Bodies } from './write-bodies.ts'

const port = 9_470
const seconds = { warmUp: 3, saturated: 8, steady: 10 } as const
const steadyPerSecond = 200
/** What was needed for starting is given back meanwhile. */
const settleMs = 10_000

const peer = fileURLToPath(import.meta.resolve('../peers/serve.py'))
const bareServer = fileURLToPath(import.meta.resolve('./bare-server.ts'))

/** What a server did in one round. */
interface Served {
  singlePerSecond: number
  singleP99Ms: number
  rowsPerSecond: number
  steadyP99Ms: number
}
type Name = 'Pipewright' | 'FastAPI' | 'bare'

const titles: Readonly<Record<Name, string>> = {
  Pipewright: 'Pipewright',
  FastAPI: 'FastAPI + uvicorn + scikit-learn',
  bare: 'bare Fastify + ONNX Runtime',
}

/** One process that answers each, loaded in turns: single rows as fast as they go and at a fixed rate, and 100 rows at a time. */
export async function compareServers(contestants: Contestants): Promise<Outcome> {
  const { options, data } = contestants
  const bodies = await writeBodies(data, options.folder)
  const commands = await commandsOf(contestants, 1)
  const served: Record<Name, Served[]> = { Pipewright: [], FastAPI: [], bare: [] }
  for (let round = 1; round <= options.rounds; round++)
    for (const name of Object.keys(served) as Name[]) {
      options.say(`Servers, round ${round} of ${options.rounds}: ${titles[name]}.`)
      const server = await runServer(commands[name], { url: urlOf(name).single, body: bodies.rows[0]! })
      try {
        served[name].push(await load(name, bodies))
      } finally {
        await server.stop()
      }
    }
  const memory = await compareMemory(contestants, bodies)
  const median = (name: Name, of: (served: Served) => number): number => seriesOf(served[name].map(of)).median
  const ratio = (of: (served: Served) => number): number => median('Pipewright', of) / median('FastAPI', of)
  return {
    rows: [...rowsOf(served), ...memoryRows(memory)],
    ratios: {
      singleRow: 1 / ratio((each) => each.singlePerSecond),
      steadyP99: ratio((each) => each.steadyP99Ms),
      rowsTogether: 1 / ratio((each) => each.rowsPerSecond),
      memory: seriesOf(memory.Pipewright).median / seriesOf(memory.FastAPI).median,
      singleRowOfBare:
        median('bare', (each) => each.singlePerSecond) / median('Pipewright', (each) => each.singlePerSecond),
    },
    must: { singleRow: 1 / 60, steadyP99: 0.35, rowsTogether: 1 / 8, memory: 1, singleRowOfBare: 1 / 0.6 },
    foreignShares: [],
  }
}

/** Of all processes of a server that answers with as many as there are cores, after some load. */
async function compareMemory(
  contestants: Contestants,
  bodies: Bodies,
): Promise<Record<'Pipewright' | 'FastAPI', number[]>> {
  const { options } = contestants
  const commands = await commandsOf(contestants, availableParallelism())
  const memory: Record<'Pipewright' | 'FastAPI', number[]> = { Pipewright: [], FastAPI: [] }
  for (let round = 1; round <= options.rounds; round++)
    for (const name of ['Pipewright', 'FastAPI'] as const) {
      options.say(`Memory, round ${round} of ${options.rounds}: ${titles[name]}.`)
      const { single } = urlOf(name)
      const server = await runServer(commands[name], { url: single, body: bodies.rows[0]! })
      try {
        await saturate(single, { bodies: bodies.single, seconds: seconds.saturated })
        await delay(settleMs)
        memory[name].push(server.memoryBytes())
      } finally {
        await server.stop()
      }
    }
  return memory
}

function memoryRows(memory: Readonly<Record<'Pipewright' | 'FastAPI', readonly number[]>>): Row[] {
  return (['Pipewright', 'FastAPI'] as const).map((name) =>
    rowOf(
      `${titles[name]}: memory with a process a core`,
      'MB',
      memory[name].map((bytes) => bytes / 1e6),
    ),
  )
}

async function load(name: Name, bodies: Bodies): Promise<Served> {
  const { single, together } = urlOf(name)
  await saturate(single, { bodies: bodies.single, seconds: seconds.warmUp })
  const alone = await saturate(single, { bodies: bodies.single, seconds: seconds.saturated })
  const steady = { bodies: bodies.rows, perSecond: steadyPerSecond, seconds: seconds.steady }
  const rows =
    together === null
      ? null
      : await saturate(together, { bodies: bodies.together, seconds: seconds.saturated })
  return {
    singlePerSecond: alone.requestsPerSecond,
    singleP99Ms: alone.p99Ms,
    rowsPerSecond: (rows?.requestsPerSecond ?? 0) * 100,
    steadyP99Ms: await askSteadily(single, steady),
  }
}

function urlOf(name: Name): { single: string; together: string | null } {
  const single = `http://127.0.0.1:${port}/predict`
  switch (name) {
    case 'Pipewright':
      return { single, together: single }
    case 'FastAPI':
      return { single, together: `http://127.0.0.1:${port}/predict_rows` }
    case 'bare':
      return { single, together: null }
  }
}

async function commandsOf(contestants: Contestants, workers: number): Promise<Record<Name, Command>> {
  const { python, workspace, peerModel } = contestants
  const { folder } = await storedModel(contestants)
  const uvicorn = ['-m', 'uvicorn', 'serve:app', '--app-dir', dirname(peer), '--port', String(port)]
  return {
    Pipewright: {
      file: process.execPath,
      args: [launcher, 'serve', 'served', '--port', String(port), '--workers', String(workers)],
      cwd: workspace,
    },
    FastAPI: {
      file: python,
      args: [...uvicorn, '--workers', String(workers), '--log-level', 'warning'],
      environment: { MODEL: peerModel, OMP_NUM_THREADS: '1' },
    },
    bare: { file: process.execPath, args: [bareServer, join(folder, 'model.onnx'), String(port)] },
  }
}

function rowsOf(served: Readonly<Record<Name, readonly Served[]>>): Row[] {
  return (Object.keys(served) as Name[]).flatMap((name) => {
    const row = (what: string, unit: Row['unit'], of: (each: Served) => number): Row =>
      rowOf(`${titles[name]}: ${what}`, unit, served[name].map(of))
    const together = row('rows, 100 at a time', '/s', (each) => each.rowsPerSecond)
    const rows = [
      row('single rows', '/s', (each) => each.singlePerSecond),
      row('single rows, 99th percentile', 'ms', (each) => each.singleP99Ms),
      row(`${steadyPerSecond} single rows a second, 99th percentile`, 'ms', (each) => each.steadyP99Ms),
    ]
    return name === 'bare' ? rows : rows.toSpliced(3, 0, together)
  })
}
