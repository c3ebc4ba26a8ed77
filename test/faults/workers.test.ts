import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { RunEvent } from '../../src/engine/run-events.ts'
import {
  finishedRun,
  openStubEngine,
  pipelineOf,
  type StubEngine,
} from '../fixtures/stub-nodes/open-stub-engine.ts'

let stub: StubEngine

beforeEach(async () => {
  stub = await openStubEngine()
  await stub.write('data.txt', 'one\ntwo\nthree\n')
})
afterEach(() => stub.close())

const risky = (params: object) =>
  pipelineOf(
    {
      read: { type: 'ingestion.lines', params: { path: 'data.txt' } },
      risky: { type: 'features.change', params: { ...params } },
      after: { type: 'features.change', params: { suffix: '?' } },
      other: { type: 'features.change', params: { suffix: 'x' } },
    },
    ['read.table -> risky.table', 'risky.table -> after.table', 'read.table -> other.table'],
  )

describe('a worker that dies', () => {
  it('by a crash in native code fails its step, with its last words in the log; the host lives', async () => {
    const run = await stub.run(risky({ behave: 'crash' }))
    expect(run.states).toEqual({ read: 'done', risky: 'failed', after: 'skipped', other: 'done' })
    expect(run.summary.errors).toMatchObject([
      {
        code: 'engine.worker-crashed',
        message: 'The process that ran this step crashed (signal SIGABRT).',
        at: { node: 'risky' },
      },
    ])
    expect(await stub.read(`.pipewright/logs/${run.id}.log`)).toContain('risky: last words of the worker')
    expect((await stub.run(risky({}))).states).toEqual({
      read: 'cached',
      risky: 'done',
      after: 'done',
      other: 'cached',
    })
  })

  it('for want of memory says so', async () => {
    const run = await stub.run(risky({ behave: 'run-out-of-memory' }))
    expect(run.summary.errors).toMatchObject([{ code: 'engine.worker-out-of-memory' }])
  })

  it('by kill -9 has its step tried once more, on another worker', async () => {
    const run = await stub.run(risky({ behave: 'kill-itself-once', traces: 'traces.txt' }))
    expect(run.states).toEqual({ read: 'done', risky: 'done', after: 'done', other: 'done' })
    expect(run.events.filter(({ event }) => event === 'step-retried')).toMatchObject([
      { node: 'risky', error: { code: 'engine.worker-killed' } },
    ])
    const pids = (await stub.read('traces.txt'))
      .trim()
      .split('\n')
      .map((line) => line.split(' ')[1])
    expect(new Set(pids).size).toBe(2)
  })

  it('by kill -9 again and again fails its step', async () => {
    const run = await stub.run(risky({ behave: 'kill-itself' }))
    expect(run.states).toMatchObject({ risky: 'failed', other: 'done' })
    expect(run.summary.errors).toMatchObject([{ code: 'engine.worker-killed', kind: 'environment' }])
  })

  it('while idle is replaced', async () => {
    const pid = async () => (await stub.read('traces.txt')).trim().split('\n').at(-1)!.split(' ')[1]!
    await stub.run(risky({ traces: 'traces.txt' }), { to: ['risky'] })
    const first = await pid()
    process.kill(Number(first), 'SIGKILL')
    await delay(200)
    const run = await stub.run(risky({ traces: 'traces.txt', suffix: 'again' }), { to: ['risky'] })
    expect(run.summary.status).toBe('done')
    expect(await pid()).not.toBe(first)
  })
})

describe('a worker that does not hear', () => {
  it('is killed two seconds after the run was cancelled', async () => {
    const started = await stub.start(risky({ behave: 'ignore-cancel' }))
    if ('refused' in started) throw new Error('refused')
    const { run } = started
    let cancelledAt = 0
    const isRunning = (event: RunEvent) => event.event === 'step-started' && event.node === 'risky'
    for await (const event of run.events())
      if (isRunning(event)) {
        await delay(300)
        cancelledAt = Date.now()
        run.cancel()
      }
    const done = await finishedRun(run)
    expect(done.states).toMatchObject({ risky: 'cancelled', after: 'cancelled' })
    expect(Date.now() - cancelledAt).toBeLessThan(10_000)
    expect((await stub.run(risky({}))).summary.status).toBe('done')
  })
})

describe('workers', () => {
  it('end with the engine', async () => {
    await stub.run(risky({ traces: 'traces.txt' }))
    const pid = Number((await stub.read('traces.txt')).split(' ')[1])
    expect(isAlive(pid)).toBe(true)
    await stub.engine.close()
    await expect.poll(() => isAlive(pid)).toBe(false)
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
