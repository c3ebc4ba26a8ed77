import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { describeReason } from '../../../src/engine/explain-step.ts'
import {
  openStubEngine,
  pipelineOf,
  type FinishedRun,
  type StubEngine,
} from '../../fixtures/stub-nodes/open-stub-engine.ts'

let stub: StubEngine

beforeEach(async () => {
  stub = await openStubEngine()
  await stub.write('data.txt', 'one\ntwo\nthree\n')
})
afterEach(() => stub.close())

const chain = (suffix = '!', more: object = {}) =>
  pipelineOf(
    {
      read: { type: 'ingestion.lines', params: { path: 'data.txt' } },
      shout: { type: 'features.change', params: { suffix, ...more } },
      top: { type: 'features.head', params: { count: 2 } },
      report: { type: 'training.measure' },
    },
    ['read.table -> shout.table', 'shout.table -> top.table', 'top.table -> report.tables'],
  )

const why = ({ id }: FinishedRun, node: string): string[] =>
  stub.engine.why({ run: id, node }).flatMap(({ reasons }) => reasons.map(describeReason))

describe('a run', () => {
  it('executes everything at first, nothing the second time, and starts no worker for that', async () => {
    const first = await stub.run(chain())
    expect(first.states).toEqual({ read: 'done', shout: 'done', top: 'done', report: 'done' })
    expect(first.summary).toMatchObject({
      status: 'done',
      executed: 4,
      cached: 0,
      metrics: { 'report.rows': 2 },
    })
    await stub.reopen()
    const before = stub.spawned
    const second = await stub.run(chain())
    expect(second.states).toEqual({ read: 'cached', shout: 'cached', top: 'cached', report: 'cached' })
    expect(second.summary).toMatchObject({
      status: 'done',
      executed: 0,
      cached: 4,
      metrics: { 'report.rows': 2 },
    })
    expect(stub.spawned).toBe(before)
    expect(why(second, 'top')).toEqual([`nothing changed: result of run ${first.id}`])
    const third = await stub.run(chain())
    expect(why(third, 'top')).toEqual([`nothing changed: result of run ${first.id}`])
  })

  it('runs again what a changed parameter changes, and what follows it', async () => {
    await stub.run(chain('!'))
    const run = await stub.run(chain('?'))
    expect(run.states).toEqual({ read: 'cached', shout: 'done', top: 'done', report: 'done' })
    expect(why(run, 'shout')).toEqual(['parameter “suffix” "!" → "?"'])
    expect(why(run, 'top')).toEqual(['input “table” changed: “shout” gives something else now'])
  })

  it('stops where an output is equal: the same first lines need not be measured again', async () => {
    await stub.run(chain())
    await stub.write('data.txt', 'one\ntwo\nthree\nfour\n')
    const run = await stub.run(chain())
    expect(run.states).toEqual({ read: 'done', shout: 'done', top: 'done', report: 'cached' })
    expect(why(run, 'read')).toEqual(['file “data.txt” changed'])
  })

  it('uses the result of an earlier run when a parameter is changed back', async () => {
    const first = await stub.run(chain('!'))
    await stub.run(chain('?'))
    const back = await stub.run(chain('!'))
    expect(back.states).toEqual({ read: 'cached', shout: 'cached', top: 'cached', report: 'cached' })
    expect(why(back, 'shout')[0]).toMatch(/^same as in an earlier run: result of 20/)
    expect(first.summary.executed).toBe(4)
  })

  it('repeats a step whose result was removed', async () => {
    const first = await stub.run(chain())
    const table = stub.workspace.tracking.steps.get({ runId: first.id, nodeId: 'shout' })
    await rm(stub.workspace.artifacts.folder(table!.outputs['table']!.hash), { recursive: true })
    const again = await stub.run(chain())
    expect(again.states).toEqual({ read: 'cached', shout: 'done', top: 'cached', report: 'cached' })
    expect(why(again, 'shout')).toEqual(['its result was removed or damaged'])
  })

  it('tells seed and rewiring as reasons', async () => {
    const first = chain()
    await stub.run(first)
    const seeded = await stub.run({ ...first, seed: 8 })
    expect(why(seeded, 'shout')).toEqual(['seed 7 → 8'])
    const rewired = await stub.run({
      ...first,
      seed: 8,
      edges: ['read.table -> shout.table', 'read.table -> top.table', 'top.table -> report.tables'],
    })
    expect(why(rewired, 'top')).toEqual(['input “table” now comes from “read”'])
  })

  it('gives a many port the names of the nodes that feed it, and repeats the step when they change', async () => {
    const two = (left: string) =>
      pipelineOf(
        {
          read: { type: 'ingestion.lines', params: { path: 'data.txt' } },
          [left]: { type: 'features.head' },
          right: { type: 'features.head' },
          report: { type: 'training.measure' },
        },
        [
          `read.table -> ${left}.table`,
          'read.table -> right.table',
          `${left}.table -> report.tables`,
          'right.table -> report.tables',
        ],
      )
    const first = await stub.run(two('left'))
    const second = await stub.run(two('west'))
    expect(second.states).toMatchObject({ west: 'done', right: 'cached', report: 'done' })
    expect(second.summary.metrics).toEqual({ 'report.rows': 2, 'report.tables': 2 })
    const { outputs } = stub.workspace.tracking.steps.get({ runId: second.id, nodeId: 'report' })!
    const report = await stub.workspace.artifacts.read('report', outputs['report']!.hash)
    expect(report.data.content).toEqual({ feeds: ['west', 'right'] })
    expect(first.summary.metrics).toEqual(second.summary.metrics)
  })

  it('does not cache a failure, and keeps what came before it', async () => {
    const failed = await stub.run(chain('!', { behave: 'fail' }))
    expect(failed.states).toEqual({ read: 'done', shout: 'failed', top: 'skipped', report: 'skipped' })
    expect(failed.summary).toMatchObject({ status: 'failed', executed: 1, failed: 1, skipped: 2 })
    const again = await stub.run(chain('!', { behave: 'fail' }))
    expect(again.states).toEqual({ read: 'cached', shout: 'failed', top: 'skipped', report: 'skipped' })
    expect(why(again, 'shout')).toEqual(['it has no result yet'])
  })

  it('records data versions that count up when the content changes', async () => {
    await stub.run(chain())
    await stub.run(chain())
    await stub.write('data.txt', 'one\n')
    await stub.run(chain())
    const versions = stub.workspace.tracking.dataVersions.list({ source: 'data.txt' })
    expect(versions.map(({ number, rows, columns }) => ({ number, rows, columns }))).toEqual([
      { number: 2, rows: 1, columns: [{ name: 'line', type: 'text' }] },
      { number: 1, rows: 3, columns: [{ name: 'line', type: 'text' }] },
    ])
  })

  it('leaves nothing in staging', async () => {
    await stub.run(chain())
    expect(await readdir(stub.workspace.paths.staging)).toEqual([])
  })

  it('fails when a file changes while it is read, and caches neither content', async () => {
    const slow = (slowMs: number) =>
      pipelineOf({ read: { type: 'ingestion.lines', params: { path: 'data.txt', slowMs } } }, [])
    const started = await stub.start(slow(300))
    if ('refused' in started) throw new Error('refused')
    for await (const event of started.run.events())
      if (event.event === 'step-started') await stub.write('data.txt', 'four\n')
    expect((await started.run.finished).errors).toMatchObject([
      { code: 'engine.file-changed', message: 'The file “data.txt” changed while it was read.' },
    ])
    expect((await stub.run(slow(300))).states).toEqual({ read: 'done' })
  })

  it('takes a many port without connections as an empty list', async () => {
    const alone = pipelineOf({ report: { type: 'training.measure' } }, [])
    expect((await stub.run(alone)).summary.metrics).toEqual({ 'report.rows': 0, 'report.tables': 0 })
  })
})

describe('a plan', () => {
  it('says what would run, what waits for it, and what is cached', async () => {
    await stub.run(chain('!'))
    const answer = await stub.engine.plan({ pipeline: chain('?'), path: join(stub.folder, 'p.json') })
    expect(answer).toMatchObject({
      steps: [
        { node: 'read', kind: 'cached' },
        { node: 'shout', kind: 'run', reasons: [{ kind: 'parameter', param: 'suffix' }] },
        { node: 'top', kind: 'wait', for: ['shout'] },
        { node: 'report', kind: 'wait', for: ['top'] },
      ],
    })
    expect(stub.workspace.tracking.runs.list({ limit: 10 })).toHaveLength(1)
  })
})
