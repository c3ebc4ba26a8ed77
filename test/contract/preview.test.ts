import { readdirSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PreviewedStepData } from '../../src/contract/pipelines-contract.ts'
import { formatPipeline } from '../../src/core/format-pipeline.ts'
import { pipelineSchema } from '../../src/core/pipeline.ts'
import { customersPipeline, openApp, type OpenApp } from './app-workspace.ts'

describe('a preview', () => {
  let app: OpenApp

  beforeAll(async () => {
    app = await openApp('WebSocket')
    const rows = Array.from({ length: 5_000 }, (_, row) => `${row % 2_500},${row}`)
    app.workspace.write('orders.csv', `customer,order\n${rows.join('\n')}\n`)
    const people = Array.from({ length: 2_500 }, (_, row) => `${row},town ${row % 7}`)
    app.workspace.write('people.csv', `customer,town\n${people.join('\n')}\n`)
  })
  afterAll(() => app[Symbol.asyncDispose]())

  const preview = async (text: string, signal?: AbortSignal): Promise<Map<string, PreviewedStepData>> => {
    const document = { path: app.workspace.path('customers.pipeline.json'), text }
    const steps = await app.client.pipelines.preview(
      { document, parameters: {} },
      { ...(signal && { signal }) },
    )
    const told = new Map<string, PreviewedStepData>()
    for await (const step of steps) told.set(step.node, step)
    return told
  }
  const rowsOf = async (step: PreviewedStepData | undefined, port = 'table') =>
    app.client.tables.page({
      artifact: step!.outputs[port]!.hash,
      offset: 0,
      limit: 1_000,
      sort: null,
      filter: null,
    })
  const joined = formatPipeline(
    pipelineSchema.parse({
      format: 1,
      id: 'orders',
      name: 'Orders',
      seed: 3,
      nodes: {
        orders: { type: 'ingestion.file', version: 1, params: { path: 'orders.csv' } },
        people: { type: 'ingestion.file', version: 1, params: { path: 'people.csv' } },
        join: { type: 'features.join', version: 1, params: { keys: [{ left: 'customer' }] } },
      },
      edges: ['orders.table -> join.left', 'people.table -> join.right'],
    }),
  )

  it('has the steps before the first learner, and is what a run gives where there are few rows', async () => {
    const told = await preview(customersPipeline)
    expect([...told.keys()].toSorted()).toEqual(['encode', 'impute', 'read', 'roles', 'scale', 'split'])
    expect([...told.values()].map(({ isSample }) => isSample)).not.toContain(true)
    expect(told.get('scale')!.outputs['table']!.hash).toBe(app.artifact('scale.table'))
  })

  it('shows a changed step without a run, and leaves nothing behind in the workspace', async () => {
    const before = await app.client.workspace.info()
    const runs = await app.client.runs.list({ limit: 100 })
    const changed = customersPipeline.replace('"method": "stratified"', '"method": "random"')
    expect(changed).not.toBe(customersPipeline)
    const told = await preview(changed)
    expect(told.get('split')!.outputs['table']!.hash).not.toBe(app.artifact('split.table'))
    expect((await rowsOf(told.get('scale'))).total).toBe(400)
    expect((await app.client.workspace.info()).artifacts).toEqual(before.artifacts)
    expect(await app.client.runs.list({ limit: 100 })).toEqual(runs)
    const answer = await app.client.runs.start({
      document: { path: app.workspace.path('customers.pipeline.json'), text: changed },
      parameters: {},
      to: ['split'],
      trust: false,
      tied: false,
    })
    if (answer.outcome === 'refused') throw new Error('refused')
    const events = []
    for await (const event of await app.client.runs.events({ run: answer.run, after: 0 })) events.push(event)
    expect(events.at(-1)).toMatchObject({ event: 'run-finished', executed: 1 })
  })

  it('goes on where only all rows hold to what is expected', async () => {
    const pipeline = JSON.parse(joined) as { nodes: Record<string, object>; edges: string[] }
    const expectations = [{ expectation: 'expect_table_row_count_to_be_between', min_value: 4_000 }]
    pipeline.nodes['expect'] = { type: 'validation.expectations', version: 1, params: { expectations } }
    pipeline.edges = [
      'orders.table -> expect.table',
      'expect.table -> join.left',
      'people.table -> join.right',
    ]
    const told = await preview(JSON.stringify(pipeline))
    expect(told.get('join')).toMatchObject({ isSample: true, outputs: { table: { rows: 2_000 } } })
  })

  it('keeps the partners of sampled rows', async () => {
    const told = await preview(joined)
    expect(told.get('join')).toMatchObject({ isSample: true, outputs: { table: { rows: 2_000 } } })
    expect(told.get('orders')).toMatchObject({ isSample: false, outputs: { table: { rows: 5_000 } } })
    const { rows, columns } = await rowsOf(told.get('join'))
    const town = columns.findIndex(({ name }) => name === 'town')
    expect(rows.filter((row) => row[town] === null)).toEqual([])
  })

  it('computes nothing again that did not change', async () => {
    const [first, second] = [await preview(joined), await preview(joined)]
    expect(second.get('join')).toEqual(first.get('join'))
    const kept = readdirSync(`${app.host.paths.staging}/previews`)
    expect(kept.filter((name) => name.startsWith('run-'))).toEqual([])
  })

  it('previews what comes before a step with a problem', async () => {
    const broken = joined.replace('"left": "customer"', '"left": "nobody"')
    expect([...(await preview(broken)).keys()].toSorted()).toEqual(['orders', 'people'])
  })

  it('ends when its reader does', async () => {
    const stop = new AbortController()
    const reading = preview(joined.replace('"seed": 3', '"seed": 4'), stop.signal)
    stop.abort()
    await expect(reading).rejects.toThrow(/abort/i)
  })
})
