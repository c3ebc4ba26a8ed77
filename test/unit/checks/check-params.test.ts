import { describe, expect, test } from 'vitest'
import type { PipelineNode } from '../../../src/core/pipeline.ts'
import { check, codesOf, findingOf, fixed } from './check-and-fix.ts'
import { file, node, pipelineOf, tableOf } from './stub-nodes.ts'

const sink = node('serving.sink')
const withNode = (step: PipelineNode) =>
  pipelineOf({ file, step, out: sink }, ['file -> step', 'step -> out'])
const withSplit = (params: PipelineNode['params']) => withNode(node('features.split', params))

describe('parameters that do not fit their schema', () => {
  test.for([
    [{ test: 'much' }, 'test', '“test” cannot be “much”.', 'Give a number.', 'Use the default, 0.2'],
    [{ test: 1 }, 'test', '“test” cannot be 1.', 'Give a number below 1.', 'Use the default, 0.2'],
    [{ test: -1 }, 'test', '“test” cannot be -1.', 'Give a number of at least 0.', 'Use the default, 0.2'],
    [{ by: 3 }, 'by', '“by” cannot be 3.', 'Give a text.', 'Leave “by” out'],
    [
      { method: 'stratifed' },
      'method',
      '“method” cannot be “stratifed”.',
      'Did you mean “stratified”? Choose one of “random”, “stratified”, “group”.',
      'Use “stratified”',
    ],
    [
      { method: 'nonsense' },
      'method',
      '“method” cannot be “nonsense”.',
      'Choose one of “random”, “stratified”, “group”.',
      'Use the default, “random”',
    ],
    [{ tst: 0.3 }, 'tst', 'There is no parameter “tst”.', 'Did you mean “test”?', 'Rename it to “test”'],
    [
      { nonsense: 0.3 },
      'nonsense',
      'There is no parameter “nonsense”.',
      'Remove it. Possible are “test”, “by”, “method”.',
      'Remove “nonsense”',
    ],
  ] as const)('%j', ([params, param, message, remedy, title]) => {
    const pipeline = withSplit(params)
    expect(codesOf(pipeline)).toEqual(['bad-parameter at step'])
    expect(findingOf('bad-parameter', pipeline)).toMatchObject({
      severity: 'error',
      at: { node: 'step', param },
      message,
      remedy,
      fix: { title },
    })
    expect(codesOf(fixed('bad-parameter', pipeline))).toEqual([])
  })

  test('several are told of at once', () => {
    const { findings } = check(withSplit({ test: 2, method: 1, more: true }))
    expect(findings.map(({ at }) => at?.param)).toEqual(['test', 'method', 'more'])
  })

  test('a missing one has no fix', () => {
    const pipeline = pipelineOf({ file: node('ingestion.stub'), out: sink }, ['file -> out'])
    expect(findingOf('bad-parameter', pipeline)).toMatchObject({
      message: '“path” is missing.',
      remedy: 'Give a text.',
    })
    expect(findingOf('bad-parameter', pipeline)).not.toHaveProperty('fix')
  })

  test('an empty one says so', () => {
    const pipeline = pipelineOf({ file: node('ingestion.stub', { path: '' }), out: sink }, ['file -> out'])
    expect(findingOf('bad-parameter', pipeline)).toMatchObject({
      message: '“path” is empty.',
      remedy: 'Give at least 1 character.',
    })
  })

  test('deep inside, only what is wrong is touched', () => {
    const pipeline = withNode(node('features.fit', { columns: ['a', 2] }))
    const found = findingOf('bad-parameter', pipeline)
    expect(found).toMatchObject({ at: { param: 'columns.1' }, message: '“columns.1” cannot be 2.' })
    expect(found).not.toHaveProperty('fix')
  })

  test('a misspelt one is found even where the schema would let it pass', () => {
    const pipeline = withNode(node('training.stub', { ronds: 5 }))
    expect(findingOf('bad-parameter', pipeline)).toMatchObject({
      message: 'There is no parameter “ronds”.',
      fix: { title: 'Rename it to “rounds”' },
    })
    expect(fixed('bad-parameter', pipeline).nodes.step!.params).toEqual({ rounds: 5 })
  })

  test('of several kinds, all are named', () => {
    const pipeline = withNode(node('training.stub', { rate: true }))
    expect(findingOf('bad-parameter', pipeline)).toMatchObject({
      message: '“rate” cannot be true.',
      fix: { title: 'Use the default, “auto”' },
    })
  })

  test('parsed parameters are given for the nodes that are right', () => {
    const { params } = check(withSplit({ test: 0.5 }))
    expect(params.get('step')).toEqual({ test: 0.5, method: 'random' })
    expect(check(withSplit({ test: 5 })).params.has('step')).toBe(false)
  })
})

describe('parameters of the pipeline', () => {
  const parameters = { share: { type: 'number' as const, default: 0.25 }, path: { type: 'path' as const } }

  test('are filled in before nodes are checked', () => {
    const pipeline = { ...withSplit({ test: '${share}' }), parameters }
    const { findings, params, live } = check(pipeline, { parameters: { path: 'x.csv' } })
    expect(findings).toEqual([])
    expect(params.get('step')).toMatchObject({ test: 0.25 })
    expect(live.pipeline.nodes.step!.params).toEqual({ test: 0.25 })
  })

  test('that have no value are told of once, not at every node', () => {
    const pipeline = { ...withSplit({ by: '${path}' }), parameters }
    expect(codesOf(pipeline)).toEqual(['missing-value'])
  })

  test('that are not there are told of where they are used', () => {
    const pipeline = { ...withSplit({ by: 'x ${shar}' }), parameters: { share: parameters.share } }
    expect(findingOf('unknown-parameter', pipeline)).toMatchObject({
      severity: 'error',
      at: { node: 'step', param: 'by' },
      message: 'The pipeline has no parameter “shar”.',
      fix: { title: 'Use “share”' },
    })
    expect(fixed('unknown-parameter', pipeline).nodes.step!.params).toEqual({ by: 'x ${share}' })
  })

  test('with values of another type, and values for none, are told of', () => {
    const pipeline = { ...withSplit({}), parameters: { share: parameters.share } }
    expect(codesOf(pipeline, { parameters: { share: 'x', other: '1' } })).toEqual([
      'unknown-parameter',
      'wrong-value',
    ])
  })
})

describe('columns that are not there', () => {
  const tables = { file: tableOf('age', 'income') }

  test('are told of at the parameter, with the column that was probably meant', () => {
    const pipeline = withNode(node('features.fit', { columns: ['age', 'incme'] }))
    const more = { tables: { file: { ...tables.file, split: ['train' as const] } } }
    expect(findingOf('unknown-column', pipeline, more)).toMatchObject({
      severity: 'error',
      at: { node: 'step', param: 'columns.1' },
      message: 'There is no column “incme” here.',
      remedy: 'Did you mean “income”?',
      fix: { title: 'Use “income”' },
    })
    expect(fixed('unknown-column', pipeline, more).nodes.step!.params).toEqual({ columns: ['age', 'income'] })
  })

  test('have no fix when a parameter of the pipeline names them', () => {
    const parameters = { column: { type: 'text' as const, default: 'incme' } }
    const pipeline = { ...withSplit({ by: '${column}' }), parameters }
    expect(findingOf('unknown-column', pipeline, { tables })).not.toHaveProperty('fix')
  })

  test('are not claimed while the columns are not known', () => {
    expect(codesOf(withSplit({ by: 'whatever' }), { probed: new Map() })).toEqual([])
  })

  test('columns are followed through the graph', () => {
    const pipeline = pipelineOf(
      {
        file,
        derive: node('features.derive', { name: 'ratio' }),
        split: node('features.split', { by: 'ratio' }),
        out: sink,
      },
      ['file -> derive', 'derive -> split', 'split -> out'],
    )
    const { findings, shapes } = check(pipeline, { tables })
    expect(findings).toEqual([])
    expect(shapes.get('split')!['table']).toMatchObject({
      columns: [{ name: 'age' }, { name: 'income' }, { name: 'ratio' }],
      split: ['train', 'test'],
      splitBy: 'split',
    })
  })
})

describe('sources', () => {
  const pipeline = withSplit({})

  test('that could not be read are a warning', () => {
    expect(findingOf('unreadable-source', pipeline, { probed: new Map([['file', null]]) })).toMatchObject({
      severity: 'warning',
      at: { node: 'file' },
      message: 'The source of “file” could not be read.',
    })
  })

  test.for([
    ['user', 'error'],
    ['environment', 'warning'],
  ] as const)('say why when it is known: %s → %s', ([kind, severity]) => {
    const failure = {
      code: 'file.missing',
      kind,
      message: 'The file “x.csv” is not there.',
      remedy: 'Check the path.',
      values: {},
      at: { node: 'file', param: 'path' },
    }
    expect(
      findingOf('unreadable-source', pipeline, {
        probed: new Map([['file', null]]),
        probeFailures: new Map([['file', failure]]),
      }),
    ).toMatchObject({
      severity,
      at: { node: 'file', param: 'path' },
      message: 'The file “x.csv” is not there.',
      remedy: 'Check the path.',
    })
  })
})

test('a node type that fails while it is checked does not take the check with it', () => {
  expect(findingOf('node-defect', withNode(node('features.broken')))).toMatchObject({
    severity: 'warning',
    at: { node: 'step' },
    message: '“step” could not be checked: cannot read this',
    remedy: 'This is a mistake in the node type “features.broken”; please report it.',
  })
})
