import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { RunEvent } from '../../../src/engine/run-events.ts'
import {
  finishedRun,
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

/** Two branches behind one source: what happens to the first must not touch the second. */
const branches = (params: object) =>
  pipelineOf(
    {
      read: { type: 'ingestion.lines', params: { path: 'data.txt' } },
      risky: { type: 'features.change', params: { ...params } },
      after: { type: 'features.head' },
      other: { type: 'features.change', params: { suffix: 'x' } },
    },
    ['read.table -> risky.table', 'risky.table -> after.table', 'read.table -> other.table'],
  )

type Of<Name extends RunEvent['event']> = Extract<RunEvent, { event: Name }>
const eventsOf = <Name extends RunEvent['event']>(run: FinishedRun, name: Name): Of<Name>[] =>
  run.events.filter((event): event is Of<Name> => event.event === name)

describe('a failed step', () => {
  it('skips what needs it alone, and says which node and parameter it is about', async () => {
    const run = await stub.run(branches({ behave: 'fail', suffix: 'bang' }))
    expect(run.states).toEqual({ read: 'done', risky: 'failed', after: 'skipped', other: 'done' })
    expect(run.summary).toMatchObject({ status: 'failed', executed: 2, failed: 1, skipped: 1 })
    expect(eventsOf(run, 'step-failed')[0]!.error).toEqual({
      code: 'features.change.as-told',
      kind: 'user',
      message: 'It failed with bang.',
      remedy: 'Tell it not to.',
      values: { suffix: 'bang' },
      at: { node: 'risky', param: 'suffix' },
    })
    expect(eventsOf(run, 'step-skipped')[0]!.cause).toEqual({ kind: 'upstream-failed', node: 'risky' })
    const steps = stub.workspace.tracking.steps.ofRun(run.id).map(({ nodeId, state }) => [nodeId, state])
    expect(Object.fromEntries(steps)).toEqual(run.states)
  })

  it('shows a defect without its stack, which the log has', async () => {
    const run = await stub.run(branches({ behave: 'throw' }))
    const { error } = eventsOf(run, 'step-failed')[0]!
    expect(error).toMatchObject({ code: 'defect', kind: 'defect', at: { node: 'risky' } })
    expect(error.message).not.toContain('change.ts')
    expect(await stub.read(`.pipewright/logs/${run.id}.log`)).toMatch(
      /risky: attempt 1 failed: Error: nobody expected this\n.* risky: +at .*change\.ts/,
    )
  })

  it('puts errors of the operating system in words', async () => {
    const run = await stub.run(branches({ behave: 'disk-full' }))
    expect(eventsOf(run, 'step-failed')[0]!.error).toMatchObject({
      code: 'engine.disk-full',
      kind: 'environment',
      message: 'The disk is full; “/data/rows” could not be written.',
    })
    expect(eventsOf(run, 'step-retried')).toEqual([])
  })

  it('keeps the report of a check that did not hold, but is not cached', async () => {
    const gated = pipelineOf(
      {
        read: { type: 'ingestion.lines', params: { path: 'data.txt' } },
        gate: { type: 'validation.gate', params: { minimum: 5 } },
        after: { type: 'features.head' },
      },
      ['read.table -> gate.table', 'gate.table -> after.table'],
    )
    const run = await stub.run(gated)
    expect(run.states).toEqual({ read: 'done', gate: 'failed', after: 'skipped' })
    const { outputs } = eventsOf(run, 'step-failed')[0]!
    const report = await stub.workspace.artifacts.read('report', outputs['report']!.hash)
    expect(report.data.metrics).toEqual({ rows: 3 })
    const step = stub.workspace.tracking.steps.get({ runId: run.id, nodeId: 'gate' })!
    expect(step).toMatchObject({ state: 'failed', outputs, metrics: { rows: 3 } })
    expect((await stub.run(gated)).states).toMatchObject({ gate: 'failed' })
  })

  it('is a defect when an output is missing', async () => {
    const run = await stub.run(branches({ behave: 'give-nothing' }))
    expect(eventsOf(run, 'step-failed')[0]!.error).toMatchObject({
      code: 'engine.missing-output',
      kind: 'defect',
    })
  })
})

describe('an error that may pass', () => {
  it('is tried again, twice, and each time told', async () => {
    const run = await stub.run(branches({ behave: 'busy-twice', traces: 'traces.txt' }))
    expect(run.states).toMatchObject({ risky: 'done', after: 'done' })
    expect(eventsOf(run, 'step-retried').map(({ error, delayMs }) => [error.code, delayMs])).toEqual([
      ['features.change.busy', 500],
      ['features.change.busy', 2_000],
    ])
    const attempts = eventsOf(run, 'step-started').filter(({ node }) => node === 'risky')
    expect(attempts.map(({ attempt }) => attempt)).toEqual([1, 2, 3])
    expect(stub.workspace.tracking.steps.get({ runId: run.id, nodeId: 'risky' })).toMatchObject({
      attempts: 3,
    })
  })
})

describe('notes of a runner', () => {
  it('are told, kept with the result, and told again from the cache', async () => {
    const run = await stub.run(branches({ behave: 'many-notes' }))
    const told = eventsOf(run, 'step-note')
    expect(told).toHaveLength(100)
    expect(told[41]).toMatchObject({ node: 'risky', level: 'warning', message: 'Note 42.' })
    expect(await stub.read(`.pipewright/logs/${run.id}.log`)).toContain('risky: warning: Note 150.')
    const again = await stub.run(branches({ behave: 'many-notes' }))
    const cached = eventsOf(again, 'step-cached').find(({ node }) => node === 'risky')!
    expect(cached.notes).toHaveLength(100)
  })
})

describe('cancelling', () => {
  it('ends the run at once where runners listen, and keeps what was done', async () => {
    const started = await stub.start(branches({ behave: 'wait-for-cancel' }))
    if ('refused' in started) throw new Error('refused')
    const { run } = started
    for await (const event of run.events())
      if (event.event === 'step-finished' && event.node === 'other') run.cancel()
    const done = await finishedRun(run)
    expect(done.states).toEqual({ read: 'done', risky: 'cancelled', after: 'cancelled', other: 'done' })
    expect(done.summary.status).toBe('cancelled')
    expect(stub.workspace.tracking.runs.get(run.id)).toMatchObject({ status: 'cancelled' })
    const again = await stub.run(branches({}))
    expect(again.states).toMatchObject({ read: 'cached', other: 'cached' })
  })

  it('before anything started leaves nothing behind', async () => {
    const started = await stub.start(branches({}))
    if ('refused' in started) throw new Error('refused')
    started.run.cancel()
    const done = await finishedRun(started.run)
    expect(new Set(Object.values(done.states))).toEqual(new Set(['cancelled']))
    expect(done.summary).toMatchObject({ status: 'cancelled', executed: 0 })
  })

  it('happens to every run when the engine is closed', async () => {
    const started = await stub.start(branches({ behave: 'wait-for-cancel' }))
    if ('refused' in started) throw new Error('refused')
    await stub.engine.close()
    expect((await started.run.finished).status).toBe('cancelled')
    expect(stub.engine.running(started.run.id)).toBeUndefined()
  })
})
