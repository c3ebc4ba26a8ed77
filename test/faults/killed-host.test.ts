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

async function prepare(where: string): Promise<void> {
  await writeFile(join(where, 'data.txt'), Array.from({ length: 50 }, (_, line) => `line ${line}`).join('\n'))
  await writeFile(join(where, 'stub.pipeline.json'), JSON.stringify(pipeline()))
}

/** Runs the host and kills it after so long; tells the nodes whose end it had told of. */
async function hostKilledAfter(milliseconds: number): Promise<{ told: string[]; finished: boolean }> {
  const host = spawn(process.execPath, [hostEntry, folder], { stdio: ['ignore', 'pipe', 'inherit'] })
  let output = ''
  host.stdout.setEncoding('utf8').on('data', (text: string) => (output += text))
  const closed = new Promise((resolve) => host.once('close', resolve))
  await Promise.race([delay(milliseconds), closed])
  host.kill('SIGKILL')
  await closed
  const events = output
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as { event: string; node?: string })
  return {
    told: events.flatMap(({ event, node }) => (event === 'step-finished' ? [node!] : [])),
    finished: events.some(({ event }) => event === 'run-finished'),
  }
}

const hashesOf = ({ steps }: Tracking, runId: string) =>
  Object.fromEntries(steps.ofRun(runId).map(({ nodeId, outputs }) => [nodeId, outputs]))

const withEngine = async <Result>(where: string, work: (stub: StubEngine) => Promise<Result>): Promise<Result> => {
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
      const committed = new Set<string>()
      let finishedOnce = false
      for (let kill = 0; kill < kills; kill++) {
        const { told, finished } = await hostKilledAfter(150 + Math.random() * 700)
        expect(told.filter((node) => committed.has(node)), 'ran again').toEqual([])
        for (const node of told) committed.add(node)
        finishedOnce ||= finished
        if (finishedOnce) {
          // Everything is cached from here on: start afresh, to be killed at other moments.
          await rm(join(folder, '.pipewright'), { recursive: true })
          await rm(join(folder, 'out.txt'), { force: true })
          committed.clear()
          finishedOnce = false
        }
      }

      await withEngine(folder, async (stub) => {
        expect(await readdir(stub.workspace.paths.staging)).toEqual([])
        const { tracking } = stub.workspace
        const interrupted = tracking.runs.list({ limit: 50 })
        expect(interrupted.every(({ status }) => status === 'interrupted' || status === 'done')).toBe(true)
        const run = await stub.run(pipeline())
        const executed = Object.entries(run.states).flatMap(([node, state]) => (state === 'done' ? [node] : []))
        expect(executed.filter((node) => committed.has(node))).toEqual([])
        expect(run.summary.status).toBe('done')
        expect(hashesOf(tracking, run.id)).toEqual(expected)
        expect((await stub.workspace.artifacts.verify()).damaged).toEqual([])
        expect(tracking.models.versions('lines')).toHaveLength(1)
        expect((await stub.engine.reproduce({ run: run.id })).identical).toBe(true)
      })
    },
  )

  it('takes its workers along', async () => {
    await prepare(folder)
    await hostKilledAfter(1_500)
    const traces = await readFile(join(folder, 'traces.txt'), 'utf8')
    const pids = new Set(traces.trim().split('\n').map((line) => Number(line.split(' ')[1])))
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
