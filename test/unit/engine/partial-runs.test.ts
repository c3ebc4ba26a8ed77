import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openStubEngine, pipelineOf, type StubEngine } from '../../fixtures/stub-nodes/open-stub-engine.ts'

let stub: StubEngine

beforeEach(async () => {
  stub = await openStubEngine()
  await stub.write('data.txt', 'one\ntwo\nthree\n')
})
afterEach(() => stub.close())

/** read → a → b → c, and read → d */
const pipeline = pipelineOf(
  {
    read: { type: 'ingestion.lines', params: { path: 'data.txt' } },
    a: { type: 'features.change', params: { suffix: 'a' } },
    b: { type: 'features.change', params: { suffix: 'b' } },
    c: { type: 'features.change', params: { suffix: 'c' } },
    d: { type: 'features.change', params: { suffix: 'd' } },
  },
  ['read.table -> a.table', 'a.table -> b.table', 'b.table -> c.table', 'read.table -> d.table'],
)

describe('a partial run', () => {
  it('to a node runs it and what it needs, nothing else', async () => {
    const run = await stub.run(pipeline, { to: ['b'] })
    expect(run.states).toEqual({ read: 'done', a: 'done', b: 'done' })
    expect((await stub.run(pipeline, { to: ['b'] })).states).toEqual({
      read: 'cached',
      a: 'cached',
      b: 'cached',
    })
  })

  it('from a node runs it although nothing changed, and what follows where its output differs', async () => {
    await stub.run(pipeline)
    const run = await stub.run(pipeline, { from: ['b'] })
    expect(run.states).toEqual({ read: 'cached', a: 'cached', b: 'done', c: 'cached' })
    expect(stub.engine.why({ run: run.id, node: 'b' })[0]!.reasons).toEqual([{ kind: 'forced' }])
  })

  it('from a node runs what it needs where that has no result', async () => {
    const run = await stub.run(pipeline, { from: ['c'] })
    expect(run.states).toEqual({ read: 'done', a: 'done', b: 'done', c: 'done' })
  })

  it('from one node to another runs what lies between', async () => {
    await stub.run(pipeline)
    const run = await stub.run(pipeline, { from: ['a'], to: ['b'] })
    expect(run.states).toEqual({ read: 'cached', a: 'done', b: 'cached' })
  })

  it('is refused for a node that is not there, with the nearest name, and for a disabled one', async () => {
    await expect(stub.run(pipeline, { to: ['reed'] })).rejects.toMatchObject({
      code: 'engine.unknown-node',
      remedy: 'Did you mean “read”?',
    })
    const off = { ...pipeline, nodes: { ...pipeline.nodes, d: { ...pipeline.nodes['d']!, disabled: true } } }
    await expect(stub.run(off, { to: ['d'] })).rejects.toMatchObject({ code: 'engine.node-off' })
  })

  it('is not kept back by an error elsewhere', async () => {
    const broken = {
      ...pipeline,
      nodes: { ...pipeline.nodes, d: { ...pipeline.nodes['d']!, params: { suffix: 5 } } },
    }
    expect(await stub.start(broken)).toMatchObject({
      refused: expect.arrayContaining([expect.objectContaining({ at: { node: 'd', param: 'suffix' } })]),
    })
    expect((await stub.run(broken, { to: ['a'] })).states).toEqual({ read: 'done', a: 'done' })
  })
})

describe('disabled nodes', () => {
  it('pass their input through, and are told as skipped', async () => {
    const off = { ...pipeline, nodes: { ...pipeline.nodes, b: { ...pipeline.nodes['b']!, disabled: true } } }
    const run = await stub.run(off)
    expect(run.states).toEqual({ read: 'done', a: 'done', b: 'skipped', c: 'done', d: 'done' })
    const { outputs } = stub.workspace.tracking.steps.get({ runId: run.id, nodeId: 'c' })!
    const table = await stub.workspace.artifacts.read('table', outputs['table']!.hash)
    expect(
      await stub.read(
        `.pipewright/artifacts/${table.data.rows.artifact.slice(0, 2)}/${table.data.rows.artifact}/lines.txt`,
      ),
    ).toBe('oneac\ntwoac\nthreeac')
  })

  it('keep from running what cannot do without them', async () => {
    const off = {
      ...pipeline,
      nodes: { ...pipeline.nodes, read: { ...pipeline.nodes['read']!, disabled: true } },
    }
    const run = await stub.run(off)
    expect(run.states).toEqual({ read: 'skipped', a: 'skipped', b: 'skipped', c: 'skipped', d: 'skipped' })
    expect(run.summary).toMatchObject({ status: 'done', executed: 0, skipped: 5 })
    expect(run.events.find((event) => event.event === 'step-skipped' && event.node === 'c')).toMatchObject({
      cause: { kind: 'needs-disabled', node: 'read' },
    })
  })
})

describe('a cycle', () => {
  const cyclic = {
    ...pipeline,
    edges: ['read.table -> d.table', 'c.table -> a.table', 'a.table -> b.table', 'b.table -> c.table'],
  }

  it('refuses the run, and a run to what lies on it, but not one beside it', async () => {
    expect(await stub.start(cyclic)).toHaveProperty('refused')
    expect(await stub.start(cyclic, { to: ['c'] })).toHaveProperty('refused')
    expect((await stub.run(cyclic, { to: ['d'] })).states).toEqual({ read: 'done', d: 'done' })
  })
})
