import { spawn } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Tracking } from '../../src/storage/open-tracking.ts'
import { openStubEngine, pipelineOf, type StubEngine } from '../fixtures/stub-nodes/open-stub-engine.ts'

const kills = 20
const hostEntry = join(import.meta.dirname, '../fixtures/stub-nodes/host.ts')
let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pipewright-kill-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

/** Two chains of eight steps, a model and its registration. */
function pipeline() {
  const nodes: Record<string, { type: string; params?: Record<string, string | number> }> = {
    read: { type: 'ingestion.lines', params: { path: 'data.txt' } },
  }
  const edges: string[] = []
  for (const chain of ['a', 'b']) {
    let before = 'read'
    for (let step = 1; step <= 8; step++) {
      const id = `${chain}${step}`
      nodes[id] = { type: 'features.change', params: { suffix: id, delayMs: 30, traces: 'traces.txt' } }
      edges.push(`${before}.table -> ${id}.table`)
      before = id
    }
  }
  nodes['train'] = { type: 'training.train' }
  nodes['register'] = { type: 'serving.register', params: { name: 'lines' } }
  nodes['write'] = { type: 'serving.write', params: { path: 'out.txt' } }
  edges.push('a8.table -> train.table', 'train.model -> register.model', 'b8.table -> write.table')
  return pipelineOf(nodes, edges)
}

/** A sub-pipeline of two steps for each of the lines. */
function pipelineOfItems() {
  const params = { suffix: '!', delayMs: 60, traces: 'traces.txt' }
  const inner = pipelineOf(
    { first: { type: 'features.change', params }, second: { type: 'features.change', params } },
    ['first.table -> second.table'],
    { inputs: { lines: ['first.table'] }, outputs: { lines: 'second.table' } },
  )
  return pipelineOf(
    {
      read: { type: 'ingestion.lines', params: { path: 'data.txt' } },
      few: { type: 'features.head', params: { count: 8 } },
      each: { type: 'features.each-line', params: { subpipeline: 'part' } },
    },
    ['read.table -> few.table', 'few.table -> each.table'],
    { subpipelines: { part: { pipeline: inner } } },
  )
}

async function prepare(where: string, document = pipeline()): Promise<void> {
  await writeFile(join(where, 'data.txt'), Array.from({ length: 50 }, (_, line) => `line ${line}`).join('\n'))
  await writeFile(join(where, 'stub.pipeline.json'), JSON.stringify(document))
}

/** Runs the host, and kills it some time after it has told so many events; it may have ended before. */
async function hostKilledAfter(events: number, milliseconds: number): Promise<void> {
  const host = spawn(process.execPath, [hostEntry, folder], { stdio: ['ignore', 'pipe', 'inherit'] })
  let told = 0
  let tellEnough = (): void => {}
  const enough = new Promise<void>((resolve) => (tellEnough = resolve))
  host.stdout.setEncoding('utf8').on('data', (text: string) => {
    told += text.split('\n').length - 1
    if (told >= events) tellEnough()
  })
  const closed = new Promise((resolve) => host.once('close', resolve))
  await Promise.race([enough, closed])
  await Promise.race([delay(milliseconds), closed])
  host.kill('SIGKILL')
  await closed
}

/** Steps that were executed to their end in more than one run. */
function ranTwice({ runs, steps }: Tracking): string[] {
  const done = runs
    .list({ limit: 100 })
    .flatMap(({ id }) => steps.ofRun(id))
    .flatMap(({ nodeId, state }) => (state === 'done' ? [nodeId] : []))
  return done.filter((node, index) => done.indexOf(node) !== index)
}

const hashesOf = ({ steps }: Tracking, runId: string) =>
  Object.fromEntries(steps.ofRun(runId).map(({ nodeId, outputs }) => [nodeId, outputs]))

const withEngine = async <Result>(
  where: string,
  work: (stub: StubEngine) => Promise<Result>,
): Promise<Result> => {
  const stub = await openStubEngine({ folder: where })
  try {
    return await work(stub)
  } finally {
    await stub.engine.close()
    stub.workspace.close()
  }
}

describe('a host that is killed', () => {
  it(
    `at ${kills} random moments never runs a committed step again, and comes to the same hashes`,
    { timeout: 300_000 },
    async () => {
      const undisturbed = await mkdtemp(join(tmpdir(), 'pipewright-undisturbed-'))
      await prepare(undisturbed)
      const expected = await withEngine(undisturbed, async (stub) => {
        const run = await stub.run(pipeline())
        return hashesOf(stub.workspace.tracking, run.id)
      })
      await rm(undisturbed, { recursive: true })

      await prepare(folder)
      let interruptedRuns = 0
      for (let kill = 0; kill < kills; kill++) {
        await hostKilledAfter(Math.ceil(Math.random() * 16), Math.random() * 40)
        const isOver = await withEngine(folder, async ({ workspace: { tracking, paths } }) => {
          const [last] = tracking.runs.list({ limit: 1 })
          if (last?.status === 'interrupted') interruptedRuns++
          expect(ranTwice(tracking)).toEqual([])
          expect(await readdir(paths.staging)).toEqual([])
          return last?.status === 'done'
        })
        // Everything would be cached from here on: start afresh, to be killed at other moments.
        if (isOver) {
          await rm(join(folder, '.pipewright'), { recursive: true })
          await rm(join(folder, 'out.txt'), { force: true })
        }
      }
      expect(interruptedRuns).toBeGreaterThan(kills / 2)

      await withEngine(folder, async (stub) => {
        const { tracking } = stub.workspace
        const run = await stub.run(pipeline())
        expect(run.summary.status).toBe('done')
        expect(ranTwice(tracking)).toEqual([])
        expect(hashesOf(tracking, run.id)).toEqual(expected)
        expect((await stub.workspace.artifacts.verify()).damaged).toEqual([])
        expect(tracking.models.versions('lines')).toHaveLength(1)
        expect((await stub.engine.reproduce({ run: run.id })).identical).toBe(true)
      })
    },
  )

  it('leaves what was finished of the items of a step, and the next run goes on with the others', async () => {
    await prepare(folder, pipelineOfItems())
    await hostKilledAfter(34, 5)
    await hostKilledAfter(27, 5)
    await withEngine(folder, async (stub) => {
      const { tracking, paths } = stub.workspace
      const before = tracking.runs.list({ limit: 10 }).flatMap(({ id }) => tracking.steps.ofRun(id))
      expect(before.some(({ nodeId, state }) => nodeId.startsWith('each[') && state === 'done')).toBe(true)
      expect(await readdir(paths.staging)).toEqual([])
      const run = await stub.run(pipelineOfItems())
      expect(run.summary.status).toBe('done')
      expect(ranTwice(tracking)).toEqual([])
      expect((await stub.workspace.artifacts.verify()).damaged).toEqual([])
    })
  })

  it('takes its workers along', async () => {
    await prepare(folder)
    await hostKilledAfter(8, 10)
    const traces = await readFile(join(folder, 'traces.txt'), 'utf8')
    const pids = new Set(
      traces
        .trim()
        .split('\n')
        .map((line) => Number(line.split(' ')[1])),
    )
    expect(pids.size).toBeGreaterThan(0)
    await expect.poll(() => [...pids].filter(isAlive), { timeout: 10_000 }).toEqual([])
  })
})

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
