import { describe, expect, it } from 'vitest'
import { sampleSources, type SamplingOptions } from '../../../src/engine/sample-sources.ts'
import { pipelineSchema, type Pipeline } from '../../../src/core/pipeline.ts'
import type { Column, Shape } from '../../../src/core/columns.ts'

const table = (...names: string[]): Shape => ({
  kind: 'table',
  columns: names.map((name): Column => ({ name, type: 'text', role: 'feature', origin: 'start' })),
  split: null,
  known: true,
})

const pipelineOf = (types: Record<string, string>, edges: string[]): Pipeline =>
  pipelineSchema.parse({
    format: 1,
    id: 'p',
    name: 'P',
    seed: 1,
    nodes: Object.fromEntries(Object.entries(types).map(([id, type]) => [id, { type, version: 1 }])),
    edges,
  })

describe('sampling sources', () => {
  const pipeline = pipelineOf(
    {
      orders: 'ingestion.file',
      people: 'ingestion.file',
      log: 'features.log',
      join: 'features.join',
    },
    ['orders.table -> log.table', 'log.table -> join.left', 'people.table -> join.right'],
  )
  const options = (people: Shape): SamplingOptions => ({
    sources: new Set(['orders', 'people']),
    shapes: new Map([
      ['orders', { table: table('order', 'customer') }],
      ['people', { table: people }],
      ['log', { table: table('order', 'customer') }],
    ]),
    joins: new Map([['join', { keys: [{ left: 'customer', right: 'id' }] }]]),
  })

  it('takes the partners of a sample from the right of a join', () => {
    const { pipeline: sampled, samples } = sampleSources(pipeline, options(table('id', 'town')))
    expect(sampled.edges).toEqual([
      'orders/sample-table.table -> log.table',
      'log.table -> join.left',
      'people/sample-table.table -> join.right',
      'orders.table -> orders/sample-table.table',
      'people.table -> people/sample-table.left',
      'orders/sample-table.table -> people/sample-table.right',
    ])
    expect(sampled.nodes['people/sample-table']).toMatchObject({
      type: 'features.join',
      params: { kind: 'semi', keys: [{ left: 'id', right: 'customer' }] },
    })
    expect(sampled.nodes['orders/sample-table']).toMatchObject({ params: { size: 'rows', rows: 2_000 } })
    expect([...samples]).toEqual([
      ['orders/sample-table', { node: 'orders', port: 'table' }],
      ['people/sample-table', { node: 'people', port: 'table' }],
    ])
  })

  it('draws rows where a key is made on the way', () => {
    const { pipeline: sampled } = sampleSources(pipeline, options(table('number', 'town')))
    expect(sampled.nodes['people/sample-table']).toMatchObject({ type: 'features.sample' })
  })

  it('ties no two tables to each other', () => {
    const twice = pipelineOf(
      { a: 'ingestion.file', b: 'ingestion.file', one: 'features.join', two: 'features.join' },
      ['a.table -> one.left', 'b.table -> one.right', 'b.table -> two.left', 'a.table -> two.right'],
    )
    const { pipeline: sampled } = sampleSources(twice, {
      sources: new Set(['a', 'b']),
      shapes: new Map(['a', 'b'].map((node) => [node, { table: table('key') }])),
      joins: new Map(['one', 'two'].map((node) => [node, { keys: [{ left: 'key' }] }])),
    })
    expect(sampled.nodes['a/sample-table']!.type).toBe('features.sample')
    expect(sampled.nodes['b/sample-table']!.type).toBe('features.join')
  })
})
