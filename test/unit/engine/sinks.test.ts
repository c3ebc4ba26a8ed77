import { rm } from 'node:fs/promises'
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
  await stub.write('data.txt', 'one\ntwo\n')
})
afterEach(() => stub.close())

const writing = pipelineOf(
  {
    read: { type: 'ingestion.lines', params: { path: 'data.txt' } },
    write: { type: 'serving.write', params: { path: 'out/lines.txt' } },
  },
  ['read.table -> write.table'],
)
const registering = (rate = 0.1) =>
  pipelineOf(
    {
      read: { type: 'ingestion.lines', params: { path: 'data.txt' } },
      measure: { type: 'training.measure' },
      train: { type: 'training.train', params: { rate } },
      register: { type: 'serving.register', params: { name: 'lines', aliases: ['champion'] } },
    },
    [
      'read.table -> measure.tables',
      'read.table -> train.table',
      'train.model -> register.model',
      'measure.report -> register.after',
    ],
  )
const why = ({ id }: FinishedRun, node: string): string[] =>
  stub.engine.why({ run: id, node }).flatMap(({ reasons }) => reasons.map(describeReason))

describe('a sink that writes a file', () => {
  it('is not repeated while the file holds what it wrote', async () => {
    await stub.run(writing)
    expect(await stub.read('out/lines.txt')).toBe('one\ntwo\n')
    expect((await stub.run(writing)).states).toEqual({ read: 'cached', write: 'cached' })
  })

  it('is repeated when the file is gone', async () => {
    await stub.run(writing)
    await rm(join(stub.folder, 'out/lines.txt'))
    const run = await stub.run(writing)
    expect(run.states).toEqual({ read: 'cached', write: 'done' })
    expect(why(run, 'write')[0]).toMatch(/^the file “.*out\/lines\.txt” it wrote is gone$/)
    expect(await stub.read('out/lines.txt')).toBe('one\ntwo\n')
  })

  it('is repeated when somebody changed the file, even to the same length', async () => {
    await stub.run(writing)
    await stub.write('out/lines.txt', 'two\none\n')
    const run = await stub.run(writing)
    expect(why(run, 'write')[0]).toMatch(/^the file “.*out\/lines\.txt” it wrote was changed$/)
    expect(await stub.read('out/lines.txt')).toBe('one\ntwo\n')
  })

  it('is repeated for a pipeline that lies in another folder', async () => {
    await stub.run(writing)
    await stub.write('elsewhere-data.txt', '')
    const { mkdir } = await import('node:fs/promises')
    await mkdir(join(stub.folder, 'elsewhere'))
    await stub.write('elsewhere/data.txt', 'one\ntwo\n')
    const run = await stub.run(writing, { path: join(stub.folder, 'elsewhere', 'stub.pipeline.json') })
    expect(run.states).toEqual({ read: 'cached', write: 'done' })
    expect(await stub.read('elsewhere/out/lines.txt')).toBe('one\ntwo\n')
  })
})

describe('a sink that registers a model', () => {
  it('waits for what else reads the model, to be registered with its metrics too', async () => {
    const { nodes, edges } = registering()
    const beside = pipelineOf(
      {
        ...nodes,
        judge: { type: 'training.judge', params: { delayMs: 200 } },
        after: { type: 'training.judge' },
      },
      [
        ...edges.filter((edge) => !edge.startsWith('measure.report')),
        'train.model -> judge.model',
        'train.model -> after.model',
        'register.model -> after.registered',
      ],
    )
    const run = await stub.run(beside)
    expect(run.states).toMatchObject({ judge: 'done', register: 'done', after: 'done' })
    const [version] = stub.workspace.tracking.models.versions('lines')
    expect(version!.metrics).toEqual({ 'judge.quality': 1 })
  })

  it.each([0, 200])('is skipped when what else reads the model fails, after %i ms', async (delayMs) => {
    const { nodes, edges } = registering()
    await stub.run(registering())
    const changed = registering(0.2)
    const beside = pipelineOf(
      {
        ...nodes,
        train: { type: 'training.train', params: { rate: 0.2 } },
        worse: { type: 'training.judge', params: { fail: true, delayMs } },
        after: { type: 'training.judge' },
      },
      [
        ...edges,
        'train.model -> worse.model',
        'train.model -> after.model',
        'register.model -> after.registered',
      ],
    )
    const run = await stub.run(beside)
    expect(run.states).toMatchObject({ worse: 'failed', register: 'skipped', after: 'skipped' })
    expect(run.summary).toMatchObject({ status: 'failed', failed: 1, skipped: 2 })
    const skipped = run.events.filter(({ event }) => event === 'step-skipped')
    expect(skipped).toMatchObject([
      { node: 'register', cause: { kind: 'reader-failed', node: 'worse' } },
      { node: 'after', cause: { kind: 'reader-failed', node: 'worse' } },
    ])
    const { models } = stub.workspace.tracking
    expect(models.resolve('lines@champion').version).toBe(1)
    expect(models.versions('lines')).toHaveLength(1)
    expect((await stub.run(changed)).states).toMatchObject({ register: 'done' })
  })

  it('does not wait for what needs another sink that waits for what needs it', async () => {
    const crossed = pipelineOf(
      {
        read: { type: 'ingestion.lines', params: { path: 'data.txt' } },
        train: { type: 'training.train' },
        one: { type: 'serving.register', params: { name: 'one' } },
        two: { type: 'serving.register', params: { name: 'two' } },
        judgeOfTwo: { type: 'training.judge' },
        judgeOfOne: { type: 'training.judge' },
      },
      [
        'read.table -> train.table',
        ...['one', 'two', 'judgeOfTwo', 'judgeOfOne'].map((node) => `train.model -> ${node}.model`),
        'two.model -> judgeOfTwo.registered',
        'one.model -> judgeOfOne.registered',
      ],
    )
    expect((await stub.run(crossed)).summary).toMatchObject({ status: 'done', executed: 6 })
  })

  it('registers with the metrics of everything before it, and only once', async () => {
    const first = await stub.run(registering())
    const versions = () => stub.workspace.tracking.models.versions('lines')
    expect(versions()).toMatchObject([
      {
        version: 1,
        runId: first.id,
        aliases: ['champion'],
        metrics: { 'measure.rows': 2, 'measure.tables': 1 },
      },
    ])
    expect((await stub.run(registering())).states).toMatchObject({ register: 'cached' })
    await stub.run(registering(0.2))
    expect(versions().map(({ version, aliases }) => [version, aliases])).toEqual([
      [2, ['champion']],
      [1, []],
    ])
  })

  it('goes back to the version of a model that another has followed since', async () => {
    await stub.run(registering(0.1))
    await stub.run(registering(0.2))
    const run = await stub.run(registering(0.1))
    expect(run.states).toEqual({ read: 'cached', measure: 'cached', train: 'cached', register: 'done' })
    expect(why(run, 'register')).toEqual(['input “model” changed: “train” gives something else now'])
    expect(stub.workspace.tracking.models.versions('lines')).toMatchObject([
      { version: 2, aliases: [] },
      { version: 1, aliases: ['champion'] },
    ])
    expect((await stub.run(registering(0.1))).states).toMatchObject({ register: 'cached' })
  })

  it('leaves an alias where somebody moved it by hand', async () => {
    const { models } = stub.workspace.tracking
    await stub.run(registering(0.1))
    await stub.run(registering(0.2))
    models.setAlias({ model: 'lines', alias: 'champion', version: 1, now: Date.now() })
    expect((await stub.run(registering(0.2))).states).toMatchObject({ register: 'cached' })
    expect(models.resolve('lines@champion').version).toBe(1)
  })

  it('tells the effect with its event', async () => {
    const run = await stub.run(registering())
    const finished = run.events.find((event) => event.event === 'step-finished' && event.node === 'register')
    expect(finished).toMatchObject({ effects: [{ kind: 'registered-model', model: 'lines', version: 1 }] })
  })

  it('fails with the message of the registry', async () => {
    const bad = registering()
    const run = await stub.run({
      ...bad,
      nodes: {
        ...bad.nodes,
        register: { ...bad.nodes['register']!, params: { name: 'not a name', aliases: [] } },
      },
    })
    expect(run.summary.errors).toMatchObject([{ code: 'registry.bad-name', at: { node: 'register' } }])
  })
})

describe('a step that asked for a registered model', () => {
  it('is repeated when the name means another model', async () => {
    await stub.run(registering(0.1))
    const applying = pipelineOf(
      {
        read: { type: 'ingestion.lines', params: { path: 'data.txt' } },
        apply: { type: 'serving.apply', params: { model: 'lines@champion' } },
      },
      ['read.table -> apply.table'],
      { id: 'applying' },
    )
    await stub.run(applying)
    expect((await stub.run(applying)).states).toEqual({ read: 'cached', apply: 'cached' })
    await stub.run(registering(0.2))
    const run = await stub.run(applying)
    expect(run.states).toEqual({ read: 'cached', apply: 'done' })
    expect(why(run, 'apply')).toEqual(['the model “lines@champion” is another one now'])
  })
})
