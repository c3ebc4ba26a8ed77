import { readdir } from 'node:fs/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openStubEngine, pipelineOf, type StubEngine } from '../../fixtures/stub-nodes/open-stub-engine.ts'

let stub: StubEngine

beforeEach(async () => {
  stub = await openStubEngine()
  await stub.write('data.txt', 'one\ntwo\nthree\n')
})
afterEach(() => stub.close())

const pipeline = (suffix: string, more: object = {}) =>
  pipelineOf(
    {
      read: { type: 'ingestion.lines', params: { path: '${data}' } },
      change: { type: 'features.change', params: { suffix, ...more } },
      train: { type: 'training.train' },
      register: { type: 'serving.register', params: { name: 'lines' } },
      write: { type: 'serving.write', params: { path: 'out.txt' } },
    },
    [
      'read.table -> change.table',
      'change.table -> train.table',
      'train.model -> register.model',
      'change.table -> write.table',
    ],
    { parameters: { data: { type: 'path' } } },
  )
const parameters = { data: 'data.txt' }

describe('reproducing a run', () => {
  it('finds equal hashes without the cache, with one thread, and without repeating sinks', async () => {
    const run = await stub.run(pipeline('!', { traces: 'traces.txt' }), { parameters })
    const answer = await stub.engine.reproduce({ run: run.id, threads: 1 })
    expect(answer).toMatchObject({ run: run.id, identical: true })
    expect(answer.steps.map(({ node, kind }) => [node, kind])).toEqual([
      ['read', 'compared'],
      ['change', 'compared'],
      ['train', 'compared'],
      ['write', 'not-repeated'],
      ['register', 'not-repeated'],
    ])
    const threads = (await stub.read('traces.txt'))
      .trim()
      .split('\n')
      .map((line) => line.split(' ')[2])
    expect(threads).toEqual(['2', '1'])
    expect(stub.workspace.tracking.models.versions('lines')).toHaveLength(1)
    expect(stub.workspace.tracking.runs.list({ limit: 9 })).toHaveLength(1)
    expect(await readdir(stub.workspace.paths.staging)).toEqual([])
  })

  it('tells what is not reproducible: a step that depends on more than its key', async () => {
    const run = await stub.run(pipeline('!', { behave: 'count-traces', traces: 'traces.txt' }), {
      parameters,
    })
    const answer = await stub.engine.reproduce({ run: run.id })
    expect(answer.identical).toBe(false)
    const unequal = answer.steps.filter(
      (step) => step.kind === 'compared' && step.ports.some(({ equal }) => !equal),
    )
    expect(unequal.map(({ node }) => node)).toEqual(['change', 'train'])
  })

  it('works for a run that took everything from the cache', async () => {
    await stub.run(pipeline('!'), { parameters })
    const cached = await stub.run(pipeline('!'), { parameters })
    expect(cached.summary.executed).toBe(0)
    expect((await stub.engine.reproduce({ run: cached.id })).identical).toBe(true)
  })

  it('leaves out what had failed, and says so when nothing is left', async () => {
    const failed = await stub.run(pipeline('!', { behave: 'fail' }), { parameters })
    const answer = await stub.engine.reproduce({ run: failed.id })
    expect(answer.steps.map(({ node }) => node)).toEqual(['read'])
    await stub.write('data.txt', 'x')
    const cancelled = await stub.start(pipeline('?'), { parameters })
    if ('refused' in cancelled) throw new Error('refused')
    cancelled.run.cancel()
    await cancelled.run.finished
    await expect(stub.engine.reproduce({ run: cancelled.run.id })).rejects.toMatchObject({
      code: 'engine.not-reproducible',
    })
  })

  it('lets sinks that failed stand as they were before steps that went on without them', async () => {
    const told = pipelineOf(
      {
        read: { type: 'ingestion.lines', params: { path: 'data.txt' } },
        train: { type: 'training.train' },
        register: { type: 'serving.register', params: { name: 'not a name' } },
        tell: { type: 'flow.notify', params: { message: '{error}' } },
      },
      ['read.table -> train.table', 'train.model -> register.model', 'register.model -> tell.model'],
    )
    const run = await stub.run(told)
    expect(run.states).toMatchObject({ register: 'failed', tell: 'done' })
    const answer = await stub.engine.reproduce({ run: run.id })
    expect(answer).toMatchObject({ identical: true })
    expect(answer.steps.map(({ node, kind }) => [node, kind])).toEqual([
      ['read', 'compared'],
      ['train', 'compared'],
      ['tell', 'not-repeated'],
    ])
  })

  it('needs the data as it was', async () => {
    const run = await stub.run(pipeline('!'), { parameters })
    await stub.write('data.txt', 'four\n')
    await expect(stub.engine.reproduce({ run: run.id })).rejects.toMatchObject({
      code: 'engine.data-changed',
      message: `The file “data.txt” changed since run “${run.id}”, so that run cannot be reproduced.`,
    })
  })

  it('can be cancelled, and refuses unknown runs', async () => {
    const run = await stub.run(pipeline('!', { delayMs: 300 }), { parameters })
    const signal = AbortSignal.timeout(100)
    await expect(stub.engine.reproduce({ run: run.id, signal })).rejects.toMatchObject({
      name: 'TimeoutError',
    })
    expect(await readdir(stub.workspace.paths.staging)).toEqual([])
    await expect(stub.engine.reproduce({ run: 'nobody' })).rejects.toMatchObject({
      code: 'engine.unknown-run',
    })
  })
})

describe('comparing runs', () => {
  it('names parameters, metrics, rows, and why steps differ', async () => {
    await stub.write('more.txt', 'one\ntwo\nthree\nfour\n')
    const measured = pipelineOf(
      {
        read: { type: 'ingestion.lines', params: { path: '${data}' } },
        change: { type: 'features.change' },
        report: { type: 'training.measure' },
      },
      ['read.table -> change.table', 'change.table -> report.tables'],
      { parameters: { data: { type: 'path' } } },
    )
    const before = await stub.run(measured, { parameters })
    const after = await stub.run(measured, { parameters: { data: 'more.txt' } })
    const comparison = stub.engine.compare({ before: before.id, after: after.id })
    expect(comparison.parameters).toEqual([{ name: 'data', before: 'data.txt', after: 'more.txt' }])
    expect(comparison.metrics).toEqual([
      { node: 'report', name: 'rows', before: 3, after: 4 },
      { node: 'report', name: 'tables', before: 1, after: 1 },
    ])
    expect(comparison.steps).toMatchObject([
      {
        node: 'read',
        reasons: [{ kind: 'parameter', param: 'path', before: 'data.txt', after: 'more.txt' }],
        outputs: [{ port: 'table', sameContent: false, rowsBefore: 3, rowsAfter: 4 }],
      },
      { node: 'change', reasons: [{ kind: 'input', port: 'table', from: 'read', how: 'ran-again' }] },
      {
        node: 'report',
        outputs: [{ port: 'report', sameContent: false, rowsBefore: null, rowsAfter: null }],
      },
    ])
    const same = stub.engine.compare({ before: before.id, after: before.id })
    expect(same.steps.flatMap(({ reasons }) => reasons)).toEqual([])
    expect(() => stub.engine.compare({ before: before.id, after: 'nobody' })).toThrow('no run “nobody”')
  })
})
