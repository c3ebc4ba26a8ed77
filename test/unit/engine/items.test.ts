import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { describeReason } from '../../../src/engine/explain-step.ts'
import type { Pipeline } from '../../../src/core/pipeline.ts'
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

type Params = Pipeline['nodes'][string]['params']

const inner = (params: Params = {}): Pipeline =>
  pipelineOf(
    {
      shout: { type: 'features.change', params: { suffix: '${suffix}', ...params } },
      top: { type: 'features.head' },
    },
    ['shout.table -> top.table'],
    {
      parameters: { suffix: { type: 'text', default: '!' } },
      inputs: { lines: ['shout.table'] },
      outputs: { lines: 'top.table' },
    },
  )

const outer = (params: Params = {}, pipeline = inner()): Pipeline =>
  pipelineOf(
    {
      read: { type: 'ingestion.lines', params: { path: 'data.txt' } },
      each: { type: 'features.each-line', params: { subpipeline: 'shouting', ...params } },
      report: { type: 'training.measure' },
    },
    ['read.table -> each.table', 'each.table -> report.tables'],
    { subpipelines: { shouting: { pipeline } } },
  )

const why = ({ id }: FinishedRun, node: string): string[] =>
  stub.engine.why({ run: id, node }).flatMap(({ reasons }) => reasons.map(describeReason))

/** What the steps of the last run came to, as the database has them. */
const statesOf = ({ id }: FinishedRun): Record<string, string> =>
  Object.fromEntries(stub.workspace.tracking.steps.ofRun(id).map(({ nodeId, state }) => [nodeId, state]))

describe('a step that runs a sub-pipeline for each of its items', () => {
  it('has a step of its own for each step of each item', async () => {
    const run = await stub.run(outer())
    expect(run.summary).toMatchObject({ status: 'done', executed: 9, metrics: { 'report.rows': 3 } })
    expect(statesOf(run)).toEqual({
      read: 'done',
      each: 'done',
      'each[one]/shout': 'done',
      'each[one]/top': 'done',
      'each[two]/shout': 'done',
      'each[two]/top': 'done',
      'each[three]/shout': 'done',
      'each[three]/top': 'done',
      report: 'done',
    })
    const added = run.events.flatMap((event) => (event.event === 'steps-added' ? event.steps : []))
    expect(added.map(({ node }) => node)).toContain('each[two]/top')
  })

  it('runs an item that was added alone, and explains the others', async () => {
    const first = await stub.run(outer())
    await stub.write('data.txt', 'one\ntwo\nthree\nfour\n')
    const run = await stub.run(outer())
    const states = statesOf(run)
    expect(Object.entries(states).filter(([node, state]) => node.includes('[') && state === 'done')).toEqual([
      ['each[four]/shout', 'done'],
      ['each[four]/top', 'done'],
    ])
    expect(why(run, 'each[one]/shout')).toEqual([`nothing changed: result of run ${first.id}`])
    expect(why(run, 'each')[0]).toBe('looks at its items anew each time')
    const changed = await stub.run(outer({ parameters: { suffix: '?' } }))
    expect(why(changed, 'each[one]/shout')).toEqual(['parameter “suffix” "!" → "?"'])
  })

  it('runs all items again when it was forgotten', async () => {
    await stub.run(outer())
    await stub.engine.forget({ pipeline: outer(), path: '/somewhere/a.pipeline.json', nodes: ['each'] })
    const states = statesOf(await stub.run(outer()))
    expect(states).toMatchObject({ read: 'cached', 'each[one]/shout': 'done', 'each[three]/top': 'done' })
  })

  it('runs all its items again where it is asked to run', async () => {
    await stub.run(outer())
    const run = await stub.run(outer(), { from: ['each'] })
    expect(statesOf(run)).toMatchObject({
      read: 'cached',
      'each[one]/shout': 'done',
      'each[two]/top': 'done',
    })
    expect(why(run, 'each[one]/shout')[0]).toBe(describeReason({ kind: 'forced' }))
  })

  it('works on one core: it lends its own while it waits', async () => {
    const narrow = await openStubEngine({ budget: { cores: 1 } })
    try {
      await narrow.write('data.txt', 'one\ntwo\nthree\n')
      expect((await narrow.run(outer())).summary).toMatchObject({ status: 'done', executed: 9 })
    } finally {
      await narrow.close()
    }
  })

  it('is reproduced with all its items', async () => {
    const run = await stub.run(outer())
    const again = await stub.engine.reproduce({ run: run.id })
    expect(again.identical).toBe(true)
    expect(again.steps).toHaveLength(9)
  })

  it('is not reproduced where a file has changed that an item reads', async () => {
    const reading = inner()
    reading.nodes['more'] = { type: 'ingestion.lines', version: 1, params: { path: 'more.txt' } }
    reading.nodes['all'] = { type: 'training.measure', version: 1, params: {} }
    reading.edges.push('more.table -> all.tables')
    await stub.write('more.txt', 'more\n')
    const run = await stub.run(outer({}, reading))
    expect((await stub.engine.reproduce({ run: run.id })).identical).toBe(true)
    await stub.write('more.txt', 'more and more\n')
    await expect(stub.engine.reproduce({ run: run.id })).rejects.toMatchObject({
      code: 'engine.data-changed',
      values: { path: 'more.txt' },
      at: { node: expect.stringMatching(/^each\[\w+\]\/more$/) as string },
    })
  })

  it('says which item failed, and can go on without it', async () => {
    const fragile = inner({ behave: 'fail' })
    const stopped = await stub.run(outer({}, fragile))
    expect(stopped.summary).toMatchObject({ status: 'failed', failed: 1 })
    expect(stopped.summary.errors[0]!.message).toMatch(/^The item one failed: It failed with !\./)
    const going = await stub.run(outer({ keepGoing: true }, fragile))
    expect(going.summary).toMatchObject({ status: 'done', failed: 0 })
    expect(statesOf(going)).toMatchObject({
      'each[one]/shout': 'failed',
      'each[one]/top': 'skipped',
      each: 'done',
    })
  })

  it('makes good what failed of its items when it has ended well itself, not before', async () => {
    const fragile = inner({ behave: 'fail' })
    const toldOf = ({ events }: FinishedRun): string[] =>
      events.flatMap((event) =>
        event.event === 'failure-handled' ? [`${event.node} by ${event.by.join()}`] : [],
      )
    expect(toldOf(await stub.run(outer({}, fragile)))).toEqual([])
    const going = await stub.run(outer({ keepGoing: true }, fragile))
    expect(toldOf(going).toSorted()).toEqual([
      'each[one]/shout by each',
      'each[three]/shout by each',
      'each[two]/shout by each',
    ])
    const order = going.events.map((event) => (event.event === 'step-finished' ? event.node : event.event))
    expect(order.indexOf('failure-handled')).toBeGreaterThan(order.indexOf('each'))
  })

  it('survives a worker that crashes for an item', async () => {
    const run = await stub.run(outer({ keepGoing: true }, inner({ behave: 'crash' })))
    expect(run.summary.status).toBe('done')
  })

  it('stops all its items when the run is cancelled, and goes on from what was finished', async () => {
    const started = await stub.start(outer({}, inner({ behave: 'wait-for-cancel' })))
    if (!('run' in started)) throw new Error('refused')
    for await (const event of started.run.events())
      if (event.event === 'step-started' && event.node.includes('[')) break
    started.run.cancel()
    expect((await started.run.finished).status).toBe('cancelled')
    const states = Object.values(statesOf({ id: started.run.id } as FinishedRun))
    expect(states.filter((state) => state === 'running' || state === 'queued')).toEqual([])
  })

  it('refuses a sub-pipeline that is not there, lacks what is asked of it, or changes something outside', async () => {
    const refusalOf = async (pipeline: Pipeline) => {
      const answer = await stub.start(pipeline)
      if (!('refused' in answer)) return 'started'
      const errors = answer.refused.filter(({ severity }) => severity === 'error')
      return errors.map(({ code, at }) => `${code} at ${at?.node}`)
    }
    expect(await refusalOf(outer({ subpipeline: 'shooting' }))).toEqual(['no-subpipeline at each'])
    const { outputs: _, ...silent } = inner()
    expect(await refusalOf(outer({}, silent))).toEqual(['not-in-subpipeline at each'])
    expect(await refusalOf(outer({ itemParameter: 'sufix' }))).toEqual(['not-in-subpipeline at each'])
    const writing = inner()
    writing.nodes['write'] = { type: 'serving.write', version: 1, params: { path: 'x.txt' } }
    writing.edges.push('top.table -> write.table')
    expect(await refusalOf(outer({}, writing))).toEqual(['sink-in-item at each'])
  })

  it('is told before it runs what would be wrong with every item', async () => {
    const wrong = inner()
    wrong.nodes['top']!.params = { count: 'two' }
    const answer = await stub.start(outer({}, wrong))
    expect(answer).toMatchObject({
      refused: [
        { code: 'bad-parameter', at: { node: 'each' }, message: expect.stringMatching(/^In “each\/top”: /) },
      ],
    })
  })

  it('gives each item the value of a parameter that has none of its own', async () => {
    const open = inner()
    open.parameters = { suffix: { type: 'text' } }
    const run = await stub.run(outer({ itemParameter: 'suffix' }, open))
    expect(run.summary.status).toBe('done')
  })

  it('may stand in the sub-pipeline of another', async () => {
    const nested: Pipeline = pipelineOf(
      { each: { type: 'features.each-line', params: { subpipeline: 'shouting' } } },
      [],
      {
        inputs: { lines: ['each.table'] },
        outputs: { lines: 'each.table' },
        subpipelines: { shouting: { pipeline: inner() } },
      },
    )
    const run = await stub.run(outer({}, nested))
    expect(run.summary.status).toBe('done')
    expect(statesOf(run)).toMatchObject({ 'each[two]/each[two]/shout': 'done' })
  })

  it('runs a sub-pipeline in it that is called as what is given is', async () => {
    const nested: Pipeline = pipelineOf(
      { inputs: { type: 'flow.subpipeline', params: { subpipeline: 'shouting' } } },
      [],
      {
        inputs: { lines: ['inputs.lines'] },
        outputs: { lines: 'inputs.lines' },
        subpipelines: { shouting: { pipeline: inner() } },
      },
    )
    const run = await stub.run(outer({}, nested))
    expect(run.summary.status).toBe('done')
    expect(statesOf(run)).toMatchObject({ 'each[two]/inputs/shout': 'done', 'each[two]/inputs/top': 'done' })
  })
})
