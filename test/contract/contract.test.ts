import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Client } from '../../src/contract/create-client.ts'
import { parsePipeline } from '../../src/core/parse-pipeline.ts'
import type { RunEventData } from '../../src/contract/run-event.ts'
import { PipewrightError } from '../../src/core/errors.ts'
import { stubComposition } from './stub-composition.ts'
import { openTransport, transports, type OpenTransport } from './transports.ts'
import { changing, TestWorkspace, type StubPipeline } from './test-workspace.ts'

describe.each(transports)('the contract over the %s', (transport) => {
  let workspace: TestWorkspace
  let open: OpenTransport
  let client: Client

  beforeEach(async () => {
    workspace = new TestWorkspace()
    workspace.write('lines.txt', 'a\nb\nc\n')
    open = await openTransport(transport, { folder: workspace.folder, composition: stubComposition })
    client = open.client
  })
  afterEach(async () => {
    await open.close()
    workspace[Symbol.dispose]()
  })

  const start = async (
    pipeline: StubPipeline,
    more: { tied?: boolean; trust?: boolean; to?: string[] } = {},
  ) =>
    client.runs.start({
      document: { path: workspace.path('test.pipeline.json'), text: workspace.pipelineText(pipeline) },
      parameters: {},
      trust: false,
      tied: false,
      ...more,
    })
  const started = async (...request: Parameters<typeof start>): Promise<string> => {
    const answer = await start(...request)
    if (answer.outcome === 'refused') throw new Error(JSON.stringify(answer.findings))
    return answer.run
  }
  const follow = async (run: string, after = 0): Promise<RunEventData[]> => {
    const events: RunEventData[] = []
    for await (const event of await client.runs.events({ run, after })) events.push(event)
    return events
  }

  it('is served by the one or the other process', () => {
    const isOwn = transport === 'in-process' || transport === 'WebSocket'
    expect(open.role).toBe(isOwn ? 'host' : 'attached')
  })

  it('runs a pipeline and streams its events in order, up to the end', async () => {
    const events = await follow(await started(changing()))
    const stored = events.filter(({ event }) => event !== 'step-progress')
    expect(stored.map(({ sequence }) => sequence)).toEqual(stored.map((_, index) => index + 1))
    expect(events.at(-1)).toMatchObject({ event: 'run-finished', status: 'done', executed: 3, cached: 0 })
  })

  it('resumes a stream after the last event that was seen', async () => {
    const run = await started(changing())
    const events = await follow(run)
    expect(await follow(run, events[2]!.sequence)).toEqual(
      events.filter(({ sequence }) => sequence > events[2]!.sequence),
    )
  })

  it('gives the pipeline of a run as it ran', async () => {
    const text = workspace.pipelineText(changing())
    const run = await started(changing())
    await follow(run)
    expect(parsePipeline((await client.runs.document({ run })).text)).toEqual(parsePipeline(text))
  })

  it('shows one step with its reports, and which step was meant', async () => {
    await follow(await started(changing()))
    const { step, reports } = await client.runs.step({ run: 'latest', node: 'measure' })
    expect(step).toMatchObject({ node: 'measure', state: 'done', metrics: { rows: 3 } })
    expect(reports).toMatchObject({ report: { metrics: { rows: 3 } } })
    await expect(client.runs.step({ run: 'latest', node: 'mesure' })).rejects.toMatchObject({
      code: 'run.unknown-node',
      remedy: 'Did you mean “measure”?',
    })
  })

  it('runs nothing the second time, and says why', async () => {
    await follow(await started(changing()))
    const run = await started(changing())
    const events = await follow(run)
    expect(events.at(-1)).toMatchObject({ event: 'run-finished', executed: 0, cached: 3 })
    const { steps } = await client.runs.why({ run: 'latest' })
    expect(steps.map(({ node, state }) => `${node} ${state}`)).toEqual([
      'file cached',
      'change cached',
      'measure cached',
    ])
    expect(steps[1]!.reasons[0]!.reason.kind).toBe('unchanged')
  })

  it('runs a step and what follows it again once their results are forgotten', async () => {
    await follow(await started(changing()))
    const document = {
      path: workspace.path('test.pipeline.json'),
      text: workspace.pipelineText(changing()),
    }
    expect(await client.pipelines.forget({ document, nodes: ['change'] })).toEqual({
      nodes: ['change', 'measure'],
      results: 2,
    })
    expect((await follow(await started(changing()))).at(-1)).toMatchObject({ executed: 2, cached: 1 })
  })

  it('names the parameter that made a step run', async () => {
    await follow(await started(changing({ suffix: '!' })))
    const run = await started(changing({ suffix: '?' }))
    await follow(run)
    const { steps } = await client.runs.why({ run, node: 'change' })
    expect(steps[0]!.reasons).toEqual([
      {
        reason: { kind: 'parameter', param: 'suffix', before: '!', after: '?' },
        text: expect.stringContaining('suffix') as string,
      },
    ])
  })

  it('cancels a run in the middle', async () => {
    const run = await started(changing({ behave: 'wait-for-cancel' }))
    const events: RunEventData[] = []
    for await (const event of await client.runs.events({ run, after: 0 })) {
      events.push(event)
      if (event.event === 'step-started' && event.node === 'change') await client.runs.cancel({ run })
    }
    expect(events.at(-1)).toMatchObject({ event: 'run-finished', status: 'cancelled' })
  })

  it('stops a stream when its reader has had enough, and the run goes on', async () => {
    const run = await started(changing({ delayMs: 300 }))
    const stop = new AbortController()
    const seen: string[] = []
    const reading = (async () => {
      const events = await client.runs.events({ run, after: 0 }, { signal: stop.signal })
      for await (const event of events) {
        seen.push(event.event)
        if (event.event === 'step-started') stop.abort()
      }
    })()
    await expect(reading).rejects.toMatchObject({ name: 'AbortError' })
    expect(seen).not.toContain('run-finished')
    expect((await follow(run)).at(-1)).toMatchObject({ event: 'run-finished', status: 'done' })
  })

  it('gives errors back as what they were', async () => {
    const failure = await client.runs.get({ run: 'none' }).catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(PipewrightError)
    expect((failure as PipewrightError).toReport()).toMatchObject({ code: 'run.none', kind: 'user' })
    await follow(await started(changing()))
    await expect(client.runs.get({ run: 'zzz' })).rejects.toMatchObject({ code: 'run.unknown' })
    await expect(client.models.show({ reference: 'churn' })).rejects.toMatchObject({
      code: 'registry.unknown-model',
    })
  })

  it('gives errors of a stream back, too', async () => {
    const reading = (async () => {
      for await (const event of await client.runs.events({ run: 'zzz', after: 0 }))
        throw new Error(event.event)
    })()
    await expect(reading).rejects.toMatchObject({ name: 'PipewrightError', code: 'run.none' })
  })

  it('refuses a call that is not in the contract as our mistake', async () => {
    const call = client.runs.list({ limit: -1 })
    await expect(call).rejects.toMatchObject({ code: 'contract.broken-call', kind: 'defect' })
  })

  it('says where a document is broken', async () => {
    const document = { path: workspace.path('a.json'), text: '{\n  "format": 1,\n  "nodes": {,\n' }
    const check = client.pipelines.check({ document, parameters: {} })
    await expect(check).rejects.toMatchObject({ code: 'pipeline.syntax', values: { line: 3 } })
  })

  it('refuses to run a pipeline with errors, and gives the findings', async () => {
    const answer = await start({ nodes: { change: ['features.change'] } })
    expect(answer.outcome).toBe('refused')
    expect(answer.findings[0]).toMatchObject({ severity: 'error', at: { node: 'change' } })
  })

  it('describes what flows without running', async () => {
    const text = workspace.pipelineText(changing())
    const described = await client.pipelines.describe({
      document: { path: workspace.path('test.pipeline.json'), text },
      parameters: {},
    })
    expect(described.nodes).toMatchObject([
      { id: 'file', title: 'Lines', state: 'runs', inputs: [] },
      { id: 'change', inputs: ['file'], outputs: { table: { kind: 'table', known: true } } },
      { id: 'measure', inputs: ['change'], outputs: { report: { kind: 'report' } } },
    ])
    expect(await client.runs.list({ limit: 10 })).toEqual({ runs: [] })
  })

  it('asks for trust before a pipeline writes elsewhere, once', async () => {
    using elsewhere = new TestWorkspace()
    const writing = (path: string): StubPipeline => ({
      nodes: { file: ['ingestion.lines', { path: 'lines.txt' }], write: ['serving.write', { path }] },
      edges: ['file.table -> write.table'],
    })
    const outside = writing(elsewhere.path('out.txt'))
    await expect(start(outside)).rejects.toMatchObject({
      code: 'trust.needed',
      values: { paths: [elsewhere.path('out.txt')] },
    })
    await expect(start(writing('.git/hooks/pre-commit'))).rejects.toMatchObject({ code: 'trust.needed' })
    await follow(await started(writing('output/out.txt')))
    await follow(await started(outside, { trust: true }))
    await follow(await started(outside))
    await expect(start(writing(elsewhere.path('other.txt')))).rejects.toMatchObject({ code: 'trust.needed' })
  })

  it('asks for trust before a pipeline sends something away, once for each server', async () => {
    const telling = (port: number): StubPipeline => ({
      nodes: {
        file: ['ingestion.lines', { path: 'lines.txt' }],
        tell: [
          'flow.notify',
          { message: 'x', to: 'webhook', url: `http://127.0.0.1:${port}/a`, attempts: 1 },
        ],
      },
      edges: ['file.table -> tell.table'],
    })
    await expect(start(telling(9))).rejects.toMatchObject({
      code: 'trust.sends',
      values: { servers: ['http://127.0.0.1:9'] },
    })
    await follow(await started(telling(9), { trust: true }))
    await follow(await started(telling(9)))
    await expect(start(telling(11))).rejects.toMatchObject({ code: 'trust.sends' })
  })

  it('compares two runs', async () => {
    const before = await started(changing({ suffix: '!' }))
    await follow(before)
    const after = await started(changing({ suffix: '?' }))
    await follow(after)
    const { steps } = await client.runs.compare({ before, after })
    const change = steps.find(({ node }) => node === 'change')!
    expect(change.reasons.map(({ reason }) => reason.kind)).toEqual(['parameter'])
    expect(change.outputs).toEqual([{ port: 'table', sameContent: false, rowsBefore: 3, rowsAfter: 3 }])
  })

  it('reproduces a run', async () => {
    const run = await started(changing())
    await follow(run)
    const events = []
    for await (const event of await client.runs.reproduce({ run })) events.push(event)
    expect(events.map(({ event }) => event)).toEqual(['reproduction-started', 'reproduction-finished'])
    expect(events[1]).toMatchObject({
      identical: true,
      steps: [{ node: 'file' }, { node: 'change' }, { node: 'measure' }],
    })
  })

  it('registers, names and shows models', async () => {
    const pipeline: StubPipeline = {
      nodes: {
        file: ['ingestion.lines', { path: 'lines.txt' }],
        train: ['training.train', { rate: 0.2 }],
        register: ['serving.register', { name: 'churn', aliases: ['champion'] }],
      },
      edges: ['file.table -> train.table', 'train.model -> register.model'],
    }
    await follow(await started(pipeline))
    await client.models.setAlias({ reference: 'churn', alias: 'challenger' })
    for (const alias of ['staging', 'production'])
      await expect(client.models.setAlias({ reference: 'churn', alias })).rejects.toMatchObject({
        code: 'registry.needs-promotion',
      })
    const shown = await client.models.show({ reference: 'churn@challenger' })
    expect(shown).toMatchObject({
      version: { version: 1, aliases: ['challenger', 'champion'] },
      model: { task: 'regression', learner: { type: 'stub' } },
    })
    await client.models.removeAlias({ model: 'churn', alias: 'champion' })
    expect((await client.models.list()).models).toMatchObject([{ name: 'churn', aliases: { challenger: 1 } }])
  })

  it('lists the node types, and shows one with the schema of its parameters', async () => {
    const { nodes } = await client.nodes.list()
    expect(nodes.map(({ id }) => id)).toContain('features.change')
    const change = await client.nodes.show({ id: 'features.change' })
    expect(change.params).toMatchObject({ properties: { suffix: { type: 'string', default: '!' } } })
    await expect(client.nodes.show({ id: 'features.chance' })).rejects.toMatchObject({
      code: 'node-type.unknown',
      remedy: 'Did you mean “features.change”?',
    })
  })

  it('collects garbage and verifies what is kept', async () => {
    await follow(await started(changing()))
    const report = await client.workspace.gc({ dryRun: false, verify: true, keepRuns: 10 })
    expect(report.verified?.damaged).toEqual([])
    expect(report.kept.count).toBe((await client.workspace.info()).artifacts.count)
  })

  it('formats documents', async () => {
    const text = workspace.pipelineText(changing())
    const crammed = JSON.stringify(JSON.parse(text))
    expect(await client.pipelines.format({ text: crammed })).toEqual({ text })
  })
})
