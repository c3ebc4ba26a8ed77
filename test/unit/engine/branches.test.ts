import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { skipNote } from '../../../src/hosts/cli/run-view/run-view.ts'
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

const branched = (condition: string) =>
  pipelineOf(
    {
      read: { type: 'ingestion.lines', params: { path: 'data.txt' } },
      way: { type: 'flow.branch', params: { condition } },
      many: { type: 'features.change', params: { suffix: ' of many' } },
      few: { type: 'features.change', params: { suffix: ' of few' } },
      fewer: { type: 'features.head' },
      met: { type: 'flow.merge' },
      after: { type: 'features.head', params: { count: 9 } },
    },
    [
      'read.table -> way.table',
      'way.then -> many.table',
      'way.otherwise -> few.table',
      'few.table -> fewer.table',
      'fewer.table -> met.tables',
      'many.table -> met.tables',
      'met.table -> after.table',
    ],
  )

const causes = ({ events }: FinishedRun): string[] =>
  events.flatMap((event) =>
    event.event === 'step-skipped' ? [`${event.node}: ${skipNote(event.cause)}`] : [],
  )

describe('a branch', () => {
  it('skips what hangs on the way that was not taken, and that is no failure', async () => {
    const run = await stub.run(branched('rows > 2'))
    expect(run.summary).toMatchObject({ status: 'done', executed: 5, skipped: 2, failed: 0 })
    expect(run.states).toEqual({
      read: 'done',
      way: 'done',
      many: 'done',
      few: 'skipped',
      fewer: 'skipped',
      met: 'done',
      after: 'done',
    })
    expect(causes(run)).toEqual(['few: way took the other way', 'fewer: way took the other way'])
  })

  it('does so from the cache too, and takes the other way when its data changes', async () => {
    await stub.run(branched('rows > 2'))
    const again = await stub.run(branched('rows > 2'))
    expect(again.summary).toMatchObject({ status: 'done', executed: 0, cached: 5, skipped: 2 })
    await stub.write('data.txt', 'one\n')
    const other = await stub.run(branched('rows > 2'))
    expect(other.states).toMatchObject({
      many: 'skipped',
      few: 'done',
      fewer: 'done',
      met: 'done',
      after: 'done',
    })
    expect(await stub.engine.reproduce({ run: other.id })).toMatchObject({ identical: true })
  })

  it('leaves nothing to run where all that comes together was skipped', async () => {
    const pipeline = branched('rows > 2')
    const edges = pipeline.edges.filter((edge) => !edge.startsWith('many'))
    const run = await stub.run({ ...pipeline, edges })
    expect(run.states).toMatchObject({ few: 'skipped', met: 'done', after: 'skipped' })
    expect(run.summary.status).toBe('done')
  })

  it('is foreseen by the plan as far as it is in the cache', async () => {
    await stub.run(branched('rows > 2'))
    const planned = await stub.engine.plan({
      pipeline: branched('rows > 2'),
      path: `${stub.folder}/stub.pipeline.json`,
    })
    const kinds = 'steps' in planned ? planned.steps.map(({ node, kind }) => [node, kind]) : []
    expect(Object.fromEntries(kinds)).toMatchObject({ way: 'cached', few: 'skipped', many: 'cached' })
  })
})

const guarded = (behave: string, { fallback = 'normal', more = [] as string[] } = {}) =>
  pipelineOf(
    {
      read: { type: 'ingestion.lines', params: { path: 'data.txt' } },
      risky: { type: 'features.change', params: { behave, suffix: '?' } },
      between: { type: 'features.head', params: { count: 2 } },
      spare: { type: 'features.change', params: { behave: fallback, suffix: ' spare' } },
      safe: { type: 'flow.on-error' },
      after: { type: 'features.head' },
      beside: { type: 'training.measure' },
    },
    [
      'read.table -> risky.table',
      'risky.table -> between.table',
      'read.table -> spare.table',
      'between.table -> safe.table',
      'spare.table -> safe.fallback',
      'safe.table -> after.table',
      'after.table -> beside.tables',
      ...more,
    ],
  )

const warnings = ({ events }: FinishedRun): string[] =>
  events.flatMap((event) => (event.event === 'step-note' && event.level === 'warning' ? [event.message] : []))

describe('on-error', () => {
  it('passes on what came where nothing failed', async () => {
    const run = await stub.run(guarded('normal'))
    expect(run.summary).toMatchObject({ status: 'done', executed: 7 })
    expect(warnings(run)).toEqual([])
  })

  it('goes on with the fallback where a step failed: the run is done, with a warning that says what was wrong', async () => {
    const run = await stub.run(guarded('fail'))
    expect(run.states).toEqual({
      read: 'done',
      risky: 'failed',
      between: 'skipped',
      spare: 'done',
      safe: 'done',
      after: 'done',
      beside: 'done',
    })
    expect(run.summary).toMatchObject({ status: 'done', failed: 0, errors: [] })
    expect(warnings(run)).toEqual(['“risky” failed, and this step goes on without it: It failed with ?.'])
    expect(run.events.find(({ event }) => event === 'failure-handled')).toMatchObject({
      node: 'risky',
      by: ['safe'],
    })
    const again = await stub.run(guarded('fail'))
    expect(again.states).toMatchObject({ risky: 'failed', safe: 'cached', after: 'cached' })
    expect(warnings(again)).toHaveLength(1)
  })

  it('does not handle a mistake of ours, a failure that something else needs, or one of all it has', async () => {
    expect((await stub.run(guarded('throw'))).summary).toMatchObject({ status: 'failed', failed: 1 })
    const needed = await stub.run(guarded('fail', { more: ['risky.table -> beside.tables'] }))
    expect(needed.summary.status).toBe('failed')
    const both = await stub.run(guarded('fail', { fallback: 'fail' }))
    expect(both.summary).toMatchObject({ status: 'failed', failed: 2 })
    expect(both.states).toMatchObject({ safe: 'skipped', after: 'skipped' })
  })

  it('needs no fallback where something came, and takes none where nothing failed', async () => {
    const oneWay = (condition: string) =>
      pipelineOf(
        {
          read: { type: 'ingestion.lines', params: { path: 'data.txt' } },
          way: { type: 'flow.branch', params: { condition } },
          safe: { type: 'flow.on-error' },
          after: { type: 'features.head' },
          report: { type: 'training.measure' },
        },
        [
          'read.table -> way.table',
          'way.then -> safe.table',
          'way.otherwise -> safe.fallback',
          'safe.table -> after.table',
          'after.table -> report.tables',
        ],
      )
    const taken = await stub.run(oneWay('rows > 2'))
    expect(taken.states).toMatchObject({ way: 'done', safe: 'done', after: 'done' })
    expect(warnings(taken)).toEqual([])
    const notTaken = await stub.run(oneWay('rows > 9'))
    expect(notTaken.states).toMatchObject({ way: 'done', safe: 'skipped', after: 'skipped' })
    expect(notTaken.summary.status).toBe('done')
  })

  it('goes on where only the fallback failed', async () => {
    const run = await stub.run(guarded('normal', { fallback: 'fail' }))
    expect(run.summary.status).toBe('done')
    expect(warnings(run)).toHaveLength(1)
  })

  it('goes on where a file is not there', async () => {
    const pipeline = pipelineOf(
      {
        today: { type: 'ingestion.lines', params: { path: 'today.txt' } },
        before: { type: 'ingestion.lines', params: { path: 'data.txt' } },
        safe: { type: 'flow.on-error' },
        after: { type: 'features.head' },
      },
      ['today.table -> safe.table', 'before.table -> safe.fallback', 'safe.table -> after.table'],
    )
    const run = await stub.run(pipeline)
    expect(run.states).toEqual({ today: 'failed', before: 'done', safe: 'done', after: 'done' })
    expect(run.summary.status).toBe('done')
    expect(warnings(run).join()).toMatch(/There is no file “.*today\.txt”/)
    await stub.write('today.txt', 'now\n')
    expect((await stub.run(pipeline)).states).toEqual({
      today: 'done',
      before: 'cached',
      safe: 'done',
      after: 'done',
    })
  })
})

describe('notify', () => {
  const watched = (behave: string, when = 'failure') =>
    pipelineOf(
      {
        read: { type: 'ingestion.lines', params: { path: 'data.txt' } },
        risky: { type: 'features.change', params: { behave } },
        after: { type: 'features.head' },
        tell: {
          type: 'flow.notify',
          params: { message: 'Oh: {error}', when, to: 'file', path: 'notes.txt' },
        },
      },
      ['read.table -> risky.table', 'risky.table -> after.table', 'after.table -> tell.table'],
    )
  const notes = () => stub.read('notes.txt').catch(() => '')

  it('tells of a failure in every run, and makes it no good', async () => {
    const run = await stub.run(watched('fail'))
    expect(run.summary).toMatchObject({ status: 'failed', failed: 1 })
    expect(run.states).toMatchObject({ risky: 'failed', after: 'skipped', tell: 'done' })
    expect(await notes()).toBe('Oh: “risky” failed: It failed with !.\n')
    await stub.run(watched('fail'))
    expect((await notes()).split('\n')).toHaveLength(3)
    await stub.run(watched('throw'))
    expect((await notes()).split('\n')).toHaveLength(4)
  })

  it('tells of the same result once', async () => {
    await stub.run(watched('normal', 'always'))
    const again = await stub.run(watched('normal', 'always'))
    expect(again.states).toMatchObject({ tell: 'cached' })
    expect(await notes()).toBe('Oh: nothing failed\n')
    expect((await stub.run(watched('normal'))).summary.status).toBe('done')
    expect((await notes()).split('\n')).toHaveLength(2)
  })
})
