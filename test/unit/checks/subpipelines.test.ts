import { describe, expect, test } from 'vitest'
import { applyEdits } from '../../../src/core/apply-edit.ts'
import { formatPipeline } from '../../../src/core/format-pipeline.ts'
import { parsePipeline } from '../../../src/core/parse-pipeline.ts'
import { pipelineError } from '../../../src/core/pipeline-errors.ts'
import type { Pipeline } from '../../../src/core/pipeline.ts'
import { check, codesOf, findingOf, fixed } from './check-and-fix.ts'
import { node, pipelineOf, tableOf } from './stub-nodes.ts'

const prepare = (nodes: Pipeline['nodes'] = {}, more: Partial<Pipeline> = {}): Pipeline =>
  pipelineOf(
    { fit: node('features.fit'), derive: node('features.derive', { name: '${column}' }), ...nodes },
    ['fit.table -> derive.table'],
    {
      parameters: { column: { type: 'text', default: 'made' } },
      inputs: { rows: ['fit.table'] },
      outputs: { ready: 'derive.table' },
      ...more,
    },
  )

const uses = (params: Pipeline['nodes'][string]['params'] = {}) =>
  node('flow.subpipeline', { subpipeline: 'prepare', ...params })

/** `read → split → prep (a sub-pipeline) → trees`. */
const outer = (inner: Pipeline = prepare(), more: Partial<Pipeline> = {}): Pipeline =>
  pipelineOf(
    {
      read: node('ingestion.stub', { path: 'x.csv' }),
      split: node('features.split'),
      prep: uses(),
      trees: node('training.stub'),
      evaluate: node('training.evaluate'),
    },
    [
      'read.table -> split.table',
      'split.table -> prep.rows',
      'prep.ready -> trees.table',
      'trees.model -> evaluate.models',
    ],
    { subpipelines: { prepare: { pipeline: inner } }, ...more },
  )

const withNode = (pipeline: Pipeline, id: string, changed: Pipeline['nodes'][string]): Pipeline => ({
  ...pipeline,
  nodes: { ...pipeline.nodes, [id]: changed },
})

describe('a sub-pipeline', () => {
  test('stands in place of its node: shapes flow through, and nothing is wrong', () => {
    const { findings, live, shapes } = check(outer())
    expect(findings).toEqual([])
    expect(live.pipeline.edges).toEqual([
      'read.table -> split.table',
      'split.table -> prep/fit.table',
      'prep/derive.table -> trees.table',
      'trees.model -> evaluate.models',
      'prep/fit.table -> prep/derive.table',
    ])
    const made = shapes.get('prep/derive')!['table']!
    expect(made).toMatchObject({
      split: ['train', 'test'],
      columns: [{ name: 'a' }, { name: 'b' }, { name: 'made' }],
    })
  })

  test('survives the file', () => {
    const text = formatPipeline(outer())
    expect(formatPipeline(parsePipeline(text))).toBe(text)
  })

  test('gets values of its parameters, which may be parameters outside', () => {
    const pipeline = withNode(
      { ...outer(), parameters: { made: { type: 'text', default: 'age' } } },
      'prep',
      uses({ parameters: { column: '${made}' } }),
    )
    expect(check(pipeline).params.get('prep/derive')).toEqual({ name: 'age' })
  })

  test('is told of values that are missing, unknown or of another type, at its node', () => {
    const typed = prepare({}, { parameters: { column: { type: 'text' }, share: { type: 'number' } } })
    const pipeline = withNode(outer(typed), 'prep', uses({ parameters: { shore: 1, share: true } }))
    const { findings } = check(pipeline)
    expect(findings.map(({ code, at }) => [code, at?.node, at?.param])).toEqual([
      ['unknown-inner-parameter', 'prep', 'parameters.shore'],
      ['missing-inner-value', 'prep', 'parameters.column'],
      ['wrong-value', 'prep', 'parameters.share'],
    ])
  })

  test('can be used several times and inside another', () => {
    const twice = pipelineOf(
      { first: uses(), second: uses({ parameters: { column: 'other' } }) },
      ['first.ready -> second.rows'],
      {
        inputs: { rows: ['first.rows'] },
        outputs: { ready: 'second.ready' },
        subpipelines: { prepare: { pipeline: prepare() } },
      },
    )
    const { findings, shapes } = check(outer(twice))
    expect(findings).toEqual([])
    expect(shapes.get('prep/second/derive')!['table']).toMatchObject({
      columns: [{ name: 'a' }, { name: 'b' }, { name: 'made' }, { name: 'other' }],
    })
  })

  test('is off with its node, and passes its input through', () => {
    const { findings, live } = check(withNode(outer(), 'prep', { ...uses(), disabled: true }))
    expect(findings).toEqual([])
    expect(live.pipeline.edges).toContain('split.table -> trees.table')
  })

  test('that is not there, or has no such port, is told of once', () => {
    const missing = withNode(outer(), 'prep', node('flow.subpipeline', { subpipeline: 'prepaer' }))
    expect(codesOf(missing)).toEqual(['no-subpipeline at prep'])
    expect(findingOf('no-subpipeline', missing).remedy).toBe('Did you mean “prepare”?')
    const edges = outer().edges.map((edge) => edge.replace('prep.rows', 'prep.row'))
    expect(codesOf({ ...outer(), edges })).toEqual(['no-outer-port at prep', 'missing-input at prep'])
  })

  test('with an open input says so at its node; alone it is told what it is', () => {
    const open = { ...outer(), edges: outer().edges.filter((edge) => !edge.includes('prep.rows')) }
    const found = findingOf('missing-input', open)
    expect(found).toMatchObject({
      at: { node: 'prep', port: 'rows' },
      message: '“prep” needs a table at “rows”.',
    })
    expect(codesOf(prepare())).toEqual(['open-input at fit'])
  })

  test('declares ports of nodes that it has', () => {
    const inner = prepare({}, { outputs: { ready: 'derived.table' } })
    expect(codesOf(outer(inner))[0]).toBe('no-inner-node at prep')
  })

  test('of a file that cannot be had is refused with what was found', () => {
    const hash = 'a'.repeat(64)
    const problem = pipelineError('subpipeline-changed', { path: '/p', subpipeline: '', now: 'b'.repeat(64) })
    const pipeline = { ...outer(), subpipelines: { prepare: { path: 'p.pipeline.json', hash } } }
    const references = new Map([[hash, problem]])
    const [found] = check(pipeline, { references }).findings
    expect(found).toMatchObject({ code: 'subpipeline-changed', at: { node: 'prep', param: 'subpipeline' } })
    const mended = applyEdits(pipeline, found!.fix!.edits).pipeline
    expect(mended.subpipelines).toEqual({ prepare: { path: 'p.pipeline.json', hash: 'b'.repeat(64) } })
    expect(check(outer(), { references: new Map() }).findings).toEqual([])
  })

  test('of a file is checked as if it stood there, but not mended from outside', () => {
    const hash = 'a'.repeat(64)
    const inner = prepare({ fit: node('features.fit', { columns: ['c'] }) })
    const pipeline = { ...outer(), subpipelines: { prepare: { path: 'p.pipeline.json', hash } } }
    const [found] = check(pipeline, { references: new Map([[hash, inner]]) }).findings
    expect(found).toMatchObject({ code: 'unknown-column', at: { node: 'prep/fit', param: 'columns.0' } })
    expect(found!.fix).toBeUndefined()
  })

  test('may be nested 64 deep and no deeper', () => {
    const references = new Map<string, Pipeline>()
    let inner = prepare()
    for (let depth = 0; depth < 70; depth++) {
      references.set(String(depth), inner)
      inner = pipelineOf({ fit: uses() }, [], {
        inputs: { rows: ['fit.rows'] },
        outputs: { ready: 'fit.ready' },
        subpipelines: { prepare: { path: 'x', hash: String(depth) } },
      })
    }
    expect(check(outer(inner), { references }).findings[0]).toMatchObject({ code: 'subpipelines-too-deep' })
  })

  test('may not blow the pipeline up beyond its limit of nodes', () => {
    let inner = prepare()
    for (let depth = 0; depth < 14; depth++)
      inner = pipelineOf({ one: uses(), two: uses() }, [], { subpipelines: { prepare: { pipeline: inner } } })
    expect(codesOf(outer(inner)).some((code) => code.startsWith('too-many-nodes'))).toBe(true)
  })
})

describe('a fix of what stands in a sub-pipeline', () => {
  test('changes the copy', () => {
    const inner = prepare({ fit: node('features.fit', { columns: ['aa'] }) })
    const mended = fixed('unknown-column', outer(inner), { tables: { read: tableOf('a1', 'b') } })
    expect(mended.subpipelines!['prepare']).toMatchObject({
      pipeline: { nodes: { fit: { params: { columns: ['a1'] } } } },
    })
  })

  test('rewires the edge outside that stands for one across the border', () => {
    const unsplit = {
      ...outer(),
      nodes: Object.fromEntries(Object.entries(outer().nodes).filter(([id]) => id !== 'split')),
      edges: ['read.table -> prep.rows', 'prep.ready -> trees.table', 'trees.model -> evaluate.models'],
    }
    const mended = fixed('not-split', unsplit)
    expect(mended.edges).toContain('read.table -> split.table')
    expect(mended.edges).toContain('split.table -> prep.rows')
  })

  test('moves a split from behind it to before it', () => {
    const late = {
      ...outer(),
      edges: [
        'read.table -> prep.rows',
        'prep.ready -> split.table',
        'split.table -> trees.table',
        'trees.model -> evaluate.models',
      ],
    }
    const mended = fixed('fitting-before-split', late)
    expect(mended.edges).toEqual([
      'split.table -> prep.rows',
      'read.table -> split.table',
      'prep.ready -> trees.table',
      'trees.model -> evaluate.models',
    ])
  })

  test('stays inside where all of it is inside', () => {
    const inner = prepare(
      {},
      {
        inputs: { rows: ['derive.table'] },
        outputs: { ready: 'fit.table' },
        edges: ['derive.table -> fit.table'],
      },
    )
    const unsplit = {
      ...outer(inner),
      nodes: Object.fromEntries(Object.entries(outer().nodes).filter(([id]) => id !== 'split')),
      edges: ['read.table -> prep.rows', 'prep.ready -> trees.table', 'trees.model -> evaluate.models'],
    }
    const mended = fixed('not-split', unsplit)
    expect(mended.subpipelines!['prepare']).toMatchObject({
      pipeline: { edges: ['derive.table -> split.table', 'split.table -> fit.table'] },
    })
  })
})
