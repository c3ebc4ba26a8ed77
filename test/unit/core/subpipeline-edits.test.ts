import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { applyEdit, applyEdits } from '../../../src/core/apply-edit.ts'
import type { Edit } from '../../../src/core/edits.ts'
import { PipewrightError } from '../../../src/core/errors.ts'
import { expandPipeline } from '../../../src/core/expand-pipeline.ts'
import { formatPipeline } from '../../../src/core/format-pipeline.ts'
import { formatEdge, parseEdge, type Pipeline, type PipelineNode } from '../../../src/core/pipeline.ts'

const node = (params: PipelineNode['params'] = {}, more: Partial<PipelineNode> = {}): PipelineNode => ({
  type: 'features.any',
  version: 1,
  params,
  ...more,
})

const chain = (more: Partial<Pipeline> = {}): Pipeline => ({
  format: 1,
  id: 'p',
  name: 'P',
  seed: 3,
  parameters: { data: { type: 'path', default: 'x.csv' }, share: { type: 'number', default: 0.2 } },
  nodes: {
    file: node({ path: '${data}' }),
    split: node({ test: '${share}', note: 'share ${share}, not $${share}' }),
    fit: node(),
    trees: node(),
    judge: node(),
  },
  edges: [
    'file.table -> split.table',
    'split.table -> fit.table',
    'split.table -> judge.table',
    'fit.table -> trees.table',
    'trees.model -> judge.models',
  ],
  layout: { file: [0, 0], split: [100, 40], fit: [200, 0] },
  ...more,
})

const make = (nodes: string[], more: object = {}): Edit => ({
  kind: 'make-subpipeline',
  nodes,
  id: 'box',
  subpipeline: 'part',
  ...more,
})

const codeOf = (pipeline: Pipeline, edit: Edit): string => {
  try {
    applyEdit(pipeline, edit)
    return 'done'
  } catch (error) {
    if (error instanceof PipewrightError) return error.code
    throw error
  }
}

describe('make-subpipeline', () => {
  test('declares what crosses its border and takes along what its nodes speak of', () => {
    const { pipeline } = applyEdit(chain(), make(['split', 'fit']))
    expect(Object.keys(pipeline.nodes)).toEqual(['file', 'box', 'trees', 'judge'])
    expect(pipeline.nodes['box']!.params).toEqual({ subpipeline: 'part', parameters: { share: '${share}' } })
    expect(pipeline.edges).toEqual([
      'file.table -> box.table',
      'box.table -> judge.table',
      'box.table2 -> trees.table',
      'trees.model -> judge.models',
    ])
    expect(pipeline.layout).toEqual({ file: [0, 0], box: [100, 0] })
    expect(pipeline.subpipelines!['part']).toMatchObject({
      pipeline: {
        parameters: { share: { type: 'number' } },
        inputs: { table: ['split.table'] },
        outputs: { table: 'split.table', table2: 'fit.table' },
        edges: ['split.table -> fit.table'],
        layout: { split: [100, 40], fit: [200, 0] },
      },
    })
  })

  test('refuses to go round a node, and to change the order at a port', () => {
    expect(codeOf(chain(), make(['split', 'trees']))).toBe('pipeline.node-between')
    const edges = ['split.table -> judge.models', 'file.table -> judge.models']
    expect(codeOf(chain({ edges }), make(['split', 'judge']))).toBe('pipeline.order-lost')
    expect(codeOf(chain({ edges: edges.toReversed() }), make(['split', 'judge']))).toBe('done')
  })

  test('refuses names that are taken', () => {
    expect(codeOf(chain(), make(['fit'], { id: 'file' }))).toBe('pipeline.node-exists')
    const made = applyEdit(chain(), make(['fit'])).pipeline
    expect(codeOf(made, make(['split'], { id: 'other' }))).toBe('pipeline.subpipeline-exists')
    expect(codeOf(chain(), make(['fit'], { id: 'fit' }))).toBe('done')
  })
})

describe('dissolve-subpipeline', () => {
  const used = (params: PipelineNode['params'], inner: Partial<Pipeline> = {}): Pipeline =>
    chain({
      nodes: { box: node({ subpipeline: 'part', ...params }, { type: 'flow.subpipeline' }), fit: node() },
      edges: [],
      subpipelines: {
        part: {
          pipeline: chain({
            nodes: { fit: node({ whole: '${share}', text: 'is ${data}' }) },
            edges: [],
            parameters: { data: { type: 'text', default: 'a ${b}' }, share: { type: 'number', default: 1 } },
            ...inner,
          }),
        },
      },
    })
  const dissolved = (pipeline: Pipeline) =>
    applyEdit(pipeline, { kind: 'dissolve-subpipeline', node: 'box' }).pipeline

  test('writes values and defaults where the parameters stood', () => {
    const { nodes, subpipelines } = dissolved(used({ parameters: { share: '${share}' } }))
    expect(nodes).toEqual({ fit2: node({ whole: '${share}', text: 'is a $${b}' }), fit: node() })
    expect(subpipelines).toBeUndefined()
    expect(dissolved(used({ parameters: { share: '5', data: 'x' } })).nodes['fit2']!.params).toEqual({
      whole: 5,
      text: 'is x',
    })
  })

  test('refuses what would mean something else in place, and what stands elsewhere', () => {
    expect(
      codeOf(used({ parameters: { share: '${data}' } }), { kind: 'dissolve-subpipeline', node: 'box' }),
    ).toBe('pipeline.not-dissolvable')
    const elsewhere = { ...used({}), subpipelines: { part: { path: 'x', hash: 'y' } } }
    expect(codeOf(elsewhere, { kind: 'dissolve-subpipeline', node: 'box' })).toBe(
      'pipeline.subpipeline-elsewhere',
    )
    expect(codeOf(chain(), { kind: 'dissolve-subpipeline', node: 'fit' })).toBe('pipeline.not-a-subpipeline')
  })

  test('keeps the sub-pipeline where another node stands for it, and what it is disabled with', () => {
    const pipeline = used({})
    const twice = { ...pipeline, nodes: { ...pipeline.nodes, other: pipeline.nodes['box']! } }
    expect(Object.keys(dissolved(twice).subpipelines!)).toEqual(['part'])
    const off = {
      ...pipeline,
      nodes: { ...pipeline.nodes, box: { ...pipeline.nodes['box']!, disabled: true } },
    }
    expect(dissolved(off).nodes['fit2']).toMatchObject({ disabled: true })
  })
})

/** Pipelines without circles, whose nodes take many edges at a port. */
const dagArbitrary: fc.Arbitrary<{ pipeline: Pipeline; chosen: string[] }> = fc
  .record({
    edges: fc.array(
      fc.tuple(fc.nat(6), fc.constantFrom('a', 'b'), fc.nat(6), fc.constantFrom('in', 'more')),
      {
        maxLength: 14,
      },
    ),
    params: fc.array(
      fc.constantFrom<PipelineNode['params']>({}, { x: '${share}' }, { y: 'is ${data} $${data}' }),
      {
        minLength: 7,
        maxLength: 7,
      },
    ),
    chosen: fc.subarray(['n0', 'n1', 'n2', 'n3', 'n4', 'n5', 'n6'], { minLength: 1 }),
    disabled: fc.option(fc.nat(6)),
  })
  .map(({ edges, params, chosen, disabled }) => {
    const forward = edges
      .filter(([from, , to]) => from !== to)
      .map(([from, output, to, input]) =>
        from < to ? `n${from}.${output} -> n${to}.${input}` : `n${to}.${output} -> n${from}.${input}`,
      )
    const nodes = params.map((each, index) => [
      `n${index}`,
      node(each, index === disabled ? { disabled: true } : {}),
    ])
    return {
      pipeline: chain({
        nodes: Object.fromEntries(nodes) as Pipeline['nodes'],
        edges: [...new Set(forward)],
        layout: {},
      }),
      chosen,
    }
  })

/** The graph that runs, whatever its nodes are called: nodes with their parameters, and what arrives where, in order. */
function graphThatRuns(pipeline: Pipeline, nameOf: (id: string) => string) {
  const { pipeline: flat, problems } = expandPipeline({ pipeline, given: {}, references: new Map() })
  expect(problems).toEqual([])
  const edges = flat.edges.map((edge) => {
    const { from, to } = parseEdge(edge)
    return formatEdge({ from: { ...from, node: nameOf(from.node) }, to: { ...to, node: nameOf(to.node) } })
  })
  return {
    nodes: Object.fromEntries(Object.entries(flat.nodes).map(([id, each]) => [nameOf(id), each])),
    arriving: Object.fromEntries(
      [...Map.groupBy(edges, (edge) => edge.split(' -> ')[1]!)].map(([port, each]) => [port, each]),
    ),
  }
}

test('whatever is put into a sub-pipeline and taken out again, the same graph runs, and every step can be undone', () => {
  let made = 0
  fc.assert(
    fc.property(dagArbitrary, ({ pipeline, chosen }) => {
      if (codeOf(pipeline, make(chosen)) !== 'done') return
      made++
      const before = graphThatRuns(pipeline, (id) => id)
      const box = applyEdit(pipeline, make(chosen))
      expect(graphThatRuns(box.pipeline, (id) => id.replace('box/', ''))).toEqual(before)
      const out = applyEdit(box.pipeline, { kind: 'dissolve-subpipeline', node: 'box' })
      expect(graphThatRuns(out.pipeline, (id) => id)).toEqual(before)
      expect(formatPipeline(applyEdits(out.pipeline, out.inverse).pipeline)).toBe(
        formatPipeline(box.pipeline),
      )
      expect(formatPipeline(applyEdits(box.pipeline, box.inverse).pipeline)).toBe(formatPipeline(pipeline))
    }),
    { numRuns: 600 },
  )
  expect(made).toBeGreaterThan(100)
})
