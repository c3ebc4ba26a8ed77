import { describe, expect, test } from 'vitest'
import { applyEdits } from '../../../src/core/apply-edit.ts'
import type { Finding } from '../../../src/core/finding.ts'
import type { Pipeline } from '../../../src/core/pipeline.ts'
import { check, codesOf, findingOf, fixed } from './check-and-fix.ts'
import { file, node, pipelineOf } from './stub-nodes.ts'

const split = node('features.split')
const model = node('training.stub')
const evaluate = node('training.evaluate')
const sink = node('serving.sink')

const right = pipelineOf({ file, split, model, evaluate }, [
  'file -> split',
  'split -> model',
  'model.model -> evaluate.models',
])

/** With one edge written another way. */
const miswired = (old: string, fresh: string): Pipeline => ({
  ...right,
  edges: right.edges.map((edge) => (edge === old ? fresh : edge)),
})

test('nothing is found where all is well', () => {
  expect(codesOf(right)).toEqual([])
})

describe('a node that is not there', () => {
  test('is told with the node that was probably meant', () => {
    const pipeline = miswired('split.table -> model.table', 'splt.table -> model.table')
    expect(findingOf('missing-node', pipeline)).toMatchObject({
      severity: 'error',
      at: { node: 'model', port: 'table' },
      edge: 'splt.table -> model.table',
      message: 'The edge “splt.table -> model.table” speaks of “splt”, but there is no such node.',
      remedy: 'Did you mean “split”?',
    })
    expect(fixed('missing-node', pipeline)).toEqual(right)
  })

  test('at the other end, too', () => {
    const pipeline = miswired('split.table -> model.table', 'split.table -> modl.table')
    expect(findingOf('missing-node', pipeline).at).toEqual({ node: 'split', port: 'table' })
    expect(fixed('missing-node', pipeline)).toEqual(right)
  })

  test('is taken out with its edge where nothing is near', () => {
    const pipeline = { ...right, edges: [...right.edges, 'elsewhere.table -> nowhere.table'] }
    expect(findingOf('missing-node', pipeline)).not.toHaveProperty('at')
    expect(fixed('missing-node', pipeline)).toEqual(right)
  })
})

describe('a port that is not there', () => {
  test.for([
    ['split.tabel -> model.table', '“split” has no output “tabel”.', 'Did you mean “table”?'],
    ['split.table -> model.tables', '“model” has no input “tables”.', 'Did you mean “table”?'],
    ['split.out -> model.table', '“split” has no output “out”.', 'Connect “split.table” to “model.table”.'],
    [
      'split.constructor -> model.table',
      '“split” has no output “constructor”.',
      'Connect “split.table” to “model.table”.',
    ],
  ] as const)('%s', ([edge, message, remedy]) => {
    const pipeline = miswired('split.table -> model.table', edge)
    expect(findingOf('missing-port', pipeline)).toMatchObject({
      severity: 'error',
      at: { node: 'model' },
      edge,
      message,
      remedy,
    })
    expect(codesOf(pipeline)).toEqual(['missing-port at model'])
    expect(fixed('missing-port', pipeline)).toEqual(right)
  })

  test('is one of several that would do: they are named, and the edge can be removed', () => {
    const pipeline = miswired('file.table -> split.table', 'file.rows -> split.table')
    expect(findingOf('missing-port', pipeline)).toMatchObject({
      remedy: 'It has “table”, “rejects”.',
      fix: { title: 'Remove “file.rows -> split.table”' },
    })
    expect(codesOf(fixed('missing-port', pipeline))).toContain('missing-input at split')
  })
})

describe('a type that does not fit', () => {
  test('is told with what both ends are', () => {
    const pipeline = { ...right, edges: [...right.edges, 'split.table -> evaluate.models'] }
    expect(findingOf('mistyped-port', pipeline)).toMatchObject({
      severity: 'error',
      at: { node: 'evaluate', port: 'models' },
      edge: 'split.table -> evaluate.models',
      message: '“split.table” gives a table, but “evaluate.models” takes a model.',
      remedy: 'Connect “split.table” to “evaluate.table”.',
    })
    expect(fixed('mistyped-port', pipeline).edges).toEqual([...right.edges, 'split.table -> evaluate.table'])
  })

  test('is removed where no other port would do', () => {
    const pipeline = pipelineOf({ ...right.nodes, out: sink }, [...right.edges, 'model.model -> out.table'])
    expect(findingOf('mistyped-port', pipeline).remedy).toBe('Connect an output that gives a table.')
    expect(codesOf(fixed('mistyped-port', pipeline))).toEqual(['missing-input at out'])
  })
})

describe('several edges into a port that takes one', () => {
  const pipeline = pipelineOf({ file, split, other: split, out: sink }, [
    'file -> split',
    'file -> other',
    'split -> out',
    'other -> out',
  ])

  test('are an error; the first is kept', () => {
    expect(findingOf('crowded-port', pipeline)).toMatchObject({
      severity: 'error',
      at: { node: 'out', port: 'table' },
      edge: 'other.table -> out.table',
      message: '2 edges end at “out.table”, which takes one.',
      fix: { title: 'Keep only “split.table -> out.table”' },
    })
    expect(fixed('crowded-port', pipeline).edges).not.toContain('other.table -> out.table')
  })

  test('are welcome where a port takes many', () => {
    const many = pipelineOf({ file, split, model, other: model, evaluate }, [
      'file -> split',
      'split -> model',
      'split -> other',
      'model.model -> evaluate.models',
      'other.model -> evaluate.models',
    ])
    expect(codesOf(many)).toEqual([])
  })
})

describe('an input with nothing connected', () => {
  test('is an error unless it is optional', () => {
    const pipeline = pipelineOf({ join: node('features.join'), out: sink, file }, [
      'file -> join.left',
      'join -> out',
    ])
    expect(codesOf(pipeline)).toEqual(['missing-input at join'])
    expect(findingOf('missing-input', pipeline)).toMatchObject({
      severity: 'error',
      at: { node: 'join', port: 'right' },
      message: '“join” needs a table at “right”.',
      remedy: 'Connect an output that gives a table.',
    })
  })
})

describe('cycles', () => {
  const circle = pipelineOf({ file, join: node('features.join'), split, out: sink }, [
    'file -> join.left',
    'join -> split',
    'split -> join.right',
    'split -> out',
  ])

  test('are named as a way round', () => {
    expect(findingOf('cycle', circle)).toMatchObject({
      severity: 'error',
      at: { node: 'join' },
      edge: 'split.table -> join.right',
      message: 'These nodes wait for each other: join → split → join.',
      remedy: 'Remove one of the edges between them.',
    })
    expect(codesOf(circle)).toEqual(['cycle at join'])
    expect(codesOf(fixed('cycle', circle))).toEqual(['missing-input at join'])
  })

  test('of one node', () => {
    const own = pipelineOf({ file, join: node('features.join'), out: sink }, [
      'file -> join.left',
      'join -> join.right',
      'join -> out',
    ])
    expect(findingOf('cycle', own).message).toBe('These nodes wait for each other: join → join.')
    expect(codesOf(fixed('cycle', own))).toEqual(['missing-input at join'])
  })
})

describe('outputs that nothing uses', () => {
  test('are a warning: the node would run for nothing', () => {
    const pipeline = pipelineOf({ file, split: node('features.split', {}, { title: 'Parts' }) }, [
      'file -> split',
    ])
    expect(findingOf('unused-output', pipeline)).toMatchObject({
      severity: 'warning',
      at: { node: 'split' },
      message: 'Nothing uses what “Parts” gives.',
      fix: { title: 'Disable “Parts”' },
    })
    expect(fixed('unused-output', pipeline).nodes.split!.disabled).toBe(true)
    expect(codesOf(fixed('unused-output', pipeline))).toEqual([])
  })

  test('are no matter of sinks and reports', () => {
    expect(codesOf(pipelineOf({ file, out: sink, ...right.nodes }, ['file -> out', ...right.edges]))).toEqual(
      [],
    )
  })
})

test('a file that is wrong thousands of times over is checked with work in proportion', () => {
  const names = Array.from({ length: 4000 }, (_, index) => `node${index}`)
  const document: Pipeline = {
    ...right,
    nodes: Object.fromEntries(names.map((id) => [id, file])),
    edges: names.map((id, index) => `gone${index}.table -> ${id}.table`),
    links: names.map((id, index) => `lost${index}.table -> ${id}.table`),
  }
  const { findings } = check(document)
  const fixes = new Set(findings.filter(({ code }) => code === 'stale-mention').map(({ fix }) => fix))
  expect(findings.filter(({ code }) => code === 'missing-node')).toHaveLength(4000)
  expect(fixes.size).toBe(1)
})

describe('links, pins and checks of nodes that are not there', () => {
  const stale: Pipeline = {
    ...right,
    links: ['evaluate.report -> gone.table', 'evaluate.report -> file.table'],
    pins: { gone: { port: 'table', artifact: 'ab' }, split: { port: 'table', artifact: 'cd' } },
    checks: [
      { node: 'gone', metric: 'auc', is: '>=', value: 0.8 },
      { type: 'rows', params: {} },
    ],
  }

  test('are warnings, each with its removal', () => {
    const staleIn = (pipeline: Pipeline) => codesOf(pipeline).filter((code) => code === 'stale-mention')
    expect(staleIn(stale)).toHaveLength(3)
    expect(findingOf('stale-mention', stale)).toMatchObject({
      severity: 'warning',
      message: 'A link speaks of “gone”, but there is no such node.',
      remedy: 'Remove the link, or add the node.',
    })
    let pipeline = stale
    for (let left = 3; left > 0; left--) {
      expect(staleIn(pipeline)).toHaveLength(left)
      pipeline = applied(findingOf('stale-mention', pipeline), pipeline)
    }
    expect(pipeline).toEqual({
      ...right,
      links: ['evaluate.report -> file.table'],
      pins: { split: { port: 'table', artifact: 'cd' } },
      checks: [{ type: 'rows', params: {} }],
    })
  })
})

const applied = ({ fix }: Finding, pipeline: Pipeline): Pipeline => applyEdits(pipeline, fix!.edits).pipeline
