import { join } from 'node:path'
import type { Pipeline } from '../../src/core/pipeline.ts'
import { openEngine, type Engine } from '../../src/engine/open-engine.ts'
import { openWorkspace } from '../../src/storage/open-workspace.ts'
import { benchComposition } from '../nodes/composition.ts'
import { passOnPipeline } from './pass-on-pipeline.ts'

const manyNodes = { chains: 20, length: 50 }
const chain = { chains: 1, length: 200 }

/** Milliseconds that the engine takes, without the start of any process. */
export interface EngineTimes {
  /** To check and plan 1 000 nodes whose results are there. */
  plan: number
  /** To run them, all from the cache. */
  cachedRun: number
  /** To execute one after another on a warm worker, each. */
  step: number
}

/** Measures each `rounds` times in a workspace of its own. */
export async function measureEngine(folder: string, rounds: number): Promise<EngineTimes[]> {
  const opened = await openWorkspace(folder)
  if ('heldBy' in opened) throw new Error('the workspace of the benchmark has another host')
  const { workspace } = opened
  const engine = openEngine({
    workspace,
    definitions: await benchComposition.definitions(),
    fingerprints: await benchComposition.fingerprints(),
    spawnWorker: await benchComposition.spawnWorker(process.env),
    readSecret: () => Promise.resolve(null),
  })
  const run = (pipeline: Pipeline) =>
    runToEnd(engine, { pipeline, path: join(folder, 'bench.pipeline.json') })
  try {
    const many = passOnPipeline({ ...manyNodes, start: 0 })
    await run(many)
    const times: EngineTimes[] = []
    for (let round = 1; round <= rounds; round++) {
      const plan = await timed(() =>
        engine.plan({ pipeline: many, path: join(folder, 'bench.pipeline.json') }),
      )
      const cachedRun = await timed(() => run(many))
      const steps = await timed(() => run(passOnPipeline({ ...chain, start: round * 1000 })))
      times.push({ plan, cachedRun, step: steps / chain.length })
    }
    return times
  } finally {
    await engine.close()
    workspace.close()
  }
}

async function runToEnd(engine: Engine, source: { pipeline: Pipeline; path: string }): Promise<void> {
  const started = await engine.startRun(source)
  if ('refused' in started) throw new Error(`refused: ${started.refused[0]?.message}`)
  const { status, errors } = await started.run.finished
  if (status !== 'done') throw new Error(`the run ended as ${status}: ${errors[0]?.message}`)
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}
