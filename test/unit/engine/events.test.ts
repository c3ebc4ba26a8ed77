import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { RunEvent } from '../../../src/engine/run-events.ts'
import { openStubEngine, pipelineOf, type StubEngine } from '../../fixtures/stub-nodes/open-stub-engine.ts'

let stub: StubEngine

beforeEach(async () => {
  stub = await openStubEngine()
  await stub.write('data.txt', 'one\ntwo\nthree\n')
})
afterEach(() => stub.close())

const slow = (params: object = { delayMs: 150 }) =>
  pipelineOf(
    {
      read: { type: 'ingestion.lines', params: { path: 'data.txt' } },
      a: { type: 'features.change', params: { suffix: 'a', ...params } },
      b: { type: 'features.change', params: { suffix: 'b', ...params } },
    },
    ['read.table -> a.table', 'a.table -> b.table'],
  )
const collect = async (events: AsyncIterable<RunEvent>): Promise<RunEvent[]> => {
  const found: RunEvent[] = []
  for await (const event of events) found.push(event)
  return found
}
const isStored = ({ event }: RunEvent): boolean => event !== 'step-progress'

describe('the events of a run', () => {
  it('count up, tell the whole story, and end with run-finished', async () => {
    const run = await stub.run(slow())
    expect(
      run.events.map((event) => ('node' in event ? `${event.event} ${event.node}` : event.event)),
    ).toEqual([
      'run-started',
      'step-queued read',
      'step-started read',
      'step-finished read',
      'step-queued a',
      'step-started a',
      'step-finished a',
      'step-queued b',
      'step-started b',
      'step-finished b',
      'run-finished',
    ])
    expect(run.events.map(({ sequence }) => sequence)).toEqual(run.events.map((_, index) => index + 1))
    expect(run.events[0]).toMatchObject({
      pipelineId: 'stub-pipeline',
      steps: [
        { node: 'read', type: 'ingestion.lines', title: 'Lines', needs: [] },
        { node: 'a', type: 'features.change', title: 'Change', needs: ['read'] },
        { node: 'b', needs: ['a'] },
      ],
    })
  })

  it('can be followed by several, from any point, live and later, with nothing missed or told twice', async () => {
    const started = await stub.start(slow())
    if ('refused' in started) throw new Error('refused')
    const { run } = started
    const first: RunEvent[] = []
    for await (const event of run.events()) {
      first.push(event)
      if (first.length === 4) break
    }
    const [resumed, all] = await Promise.all([
      collect(stub.engine.events(run.id, { after: first.at(-1)!.sequence })),
      collect(run.events()),
    ])
    expect([...first, ...resumed]).toEqual(all)
    expect(await collect(stub.engine.events(run.id))).toEqual(all.filter(isStored))
    expect(await collect(stub.engine.events(run.id, { after: 9 }))).toEqual(all.slice(9))
    await stub.reopen()
    expect(await collect(stub.engine.events(run.id))).toEqual(all.filter(isStored))
  })

  it('stop being told to one who no longer listens', async () => {
    const started = await stub.start(slow({ behave: 'wait-for-cancel' }))
    if ('refused' in started) throw new Error('refused')
    const stop = new AbortController()
    const heard = collect(started.run.events({ signal: stop.signal }))
    setTimeout(() => stop.abort(), 100)
    expect((await heard).at(-1)!.event).not.toBe('run-finished')
    started.run.cancel()
    await started.run.finished
  })

  it('have progress at most ten times a second for each step, which is not stored', async () => {
    const run = await stub.run(slow({ behave: 'much-progress' }))
    const progress = run.events.filter((event) => event.event === 'step-progress')
    const ofA = run.events.filter((event) => 'node' in event && event.node === 'a')
    const seconds = (ofA.at(-1)!.at - ofA[0]!.at) / 1000
    const told = progress.filter(({ node }) => node === 'a').length
    expect(told).toBeGreaterThan(2)
    expect(told).toBeLessThanOrEqual(1 + seconds * 10)
    expect(progress[0]!.share).toBeGreaterThan(0)
    const stored = await collect(stub.engine.events(run.id))
    expect(stored.some(({ event }) => event === 'step-progress')).toBe(false)
    expect(run.events.filter(isStored)).toEqual(stored)
  })

  it('of an unknown run are refused', () => {
    expect(() => stub.engine.events('nobody')).toThrow('There is no run “nobody” in this workspace.')
  })
})

describe('parallel branches', () => {
  it('share the cores, and a lone step gets them all', async () => {
    const wide = pipelineOf(
      {
        read: { type: 'ingestion.lines', params: { path: 'data.txt' } },
        ...Object.fromEntries(
          ['a', 'b', 'c'].map((id) => [
            id,
            { type: 'features.change', params: { suffix: id, delayMs: 200, traces: 'traces.txt' } },
          ]),
        ),
      },
      ['a', 'b', 'c'].map((id) => `read.table -> ${id}.table`),
    )
    const run = await stub.run(wide)
    const started = run.events.filter((event) => event.event === 'step-started')
    expect(started.find(({ node }) => node === 'read')).toMatchObject({ threads: 2, memoryMb: 1000 })
    const traces = (await stub.read('traces.txt'))
      .trim()
      .split('\n')
      .map((line) => line.split(' '))
    expect(traces.slice(0, 2).map(([, , threads, memoryMb]) => [threads, memoryMb])).toEqual([
      ['1', '500'],
      ['1', '500'],
    ])
    expect(new Set(traces.map(([, pid]) => pid)).size).toBe(2)
    expect(stub.spawned).toBe(2)
    let atATime = 0
    let most = 0
    for (const { event } of run.events) {
      if (event === 'step-started') most = Math.max(most, ++atATime)
      if (event === 'step-finished') atATime--
    }
    expect(most).toBe(2)
  })
})
