import { describe, expect, test } from 'vitest'
import type { PipelineNode } from '../../../src/core/pipeline.ts'
import { resolveDisabled } from '../../../src/checks/resolve-disabled.ts'
import { codesOf, findingOf, fixed } from './check-and-fix.ts'
import { file, node, pipelineOf, stubNodes } from './stub-nodes.ts'

const off = (type: string, params: PipelineNode['params'] = {}) => node(type, params, { disabled: true })
const split = node('features.split')
const model = node('training.stub')
const evaluate = node('training.evaluate')
const sink = node('serving.sink')

function live(nodes: Record<string, PipelineNode>, edges: string[]) {
  const { pipeline, disabled, skipped } = resolveDisabled(pipelineOf(nodes, edges), stubNodes)
  return {
    nodes: Object.keys(pipeline.nodes),
    edges: pipeline.edges,
    disabled,
    skipped: Object.fromEntries(skipped),
  }
}

describe('a disabled node', () => {
  test('passes its first connected input of the same type through', () => {
    expect(live({ file, fit: off('features.fit'), out: sink }, ['file -> fit', 'fit -> out'])).toEqual({
      nodes: ['file', 'out'],
      edges: ['file.table -> out.table'],
      disabled: ['fit'],
      skipped: {},
    })
  })

  test('passes the second input through when the first has nothing connected', () => {
    const join = off('features.join')
    expect(live({ file, join, out: sink }, ['file -> join.right', 'join -> out']).edges).toEqual([
      'file.table -> out.table',
    ])
  })

  test('in a row with others lets the first live output through', () => {
    const fit = off('features.fit')
    expect(
      live({ file, one: fit, two: fit, out: sink }, ['file -> one', 'one -> two', 'two -> out']).edges,
    ).toEqual(['file.table -> out.table'])
  })

  test('that has nothing to pass takes what needs it along, and only that', () => {
    expect(
      live({ file: off('ingestion.stub', { path: 'x' }), split, other: file, out: sink, last: sink }, [
        'file -> split',
        'split -> out',
        'other -> last',
      ]),
    ).toEqual({
      nodes: ['other', 'last'],
      edges: ['other.table -> last.table'],
      disabled: ['file'],
      skipped: { split: 'file', out: 'file' },
    })
  })

  test('of several that feed a port leaves the others', () => {
    expect(
      live({ file, one: off('training.stub'), two: model, evaluate }, [
        'file -> one',
        'file -> two',
        'one.model -> evaluate.models',
        'two.model -> evaluate.models',
      ]),
    ).toMatchObject({ nodes: ['file', 'two', 'evaluate'], skipped: {} })
  })

  test('takes the port’s node along when it was the last that fed it', () => {
    const off1 = off('training.stub')
    expect(
      live({ file, one: off1, two: off1, evaluate }, [
        'file -> one',
        'file -> two',
        'one.model -> evaluate.models',
        'two.model -> evaluate.models',
      ]).skipped,
    ).toEqual({ evaluate: 'one' })
  })

  test('leaves an optional input empty', () => {
    expect(
      live({ file, model, gone: off('ingestion.stub', { path: 'x' }), evaluate }, [
        'file -> model',
        'model.model -> evaluate.models',
        'gone -> evaluate.table',
      ]),
    ).toMatchObject({
      nodes: ['file', 'model', 'evaluate'],
      edges: ['file.table -> model.table', 'model.model -> evaluate.models'],
    })
  })

  test('on a circle of disabled nodes passes nothing', () => {
    const fit = off('features.fit')
    expect(
      live({ one: fit, two: fit, out: sink }, ['one -> two', 'two -> one', 'two -> out']).skipped,
    ).toEqual({
      out: 'two',
    })
  })

  test('of an unknown type passes nothing', () => {
    const magic = off('acme.magic')
    expect(live({ file, magic, out: sink }, ['file -> magic', 'magic -> out']).skipped).toEqual({
      out: 'magic',
    })
  })
})

describe('the check of a pipeline with disabled nodes', () => {
  test('says nothing of nodes that do not run', () => {
    const nodes = {
      file: off('ingestion.stub'),
      split: node('features.split', { nonsense: 1 }),
      magic: off('acme.magic'),
      out: sink,
    }
    expect(codesOf(pipelineOf(nodes, ['file -> split', 'split -> out', 'split -> magic']))).toEqual([])
  })

  test('knows that a disabled split splits nothing', () => {
    const pipeline = pipelineOf({ file, split: off('features.split'), model, evaluate }, [
      'file -> split',
      'split -> model',
      'model.model -> evaluate.models',
    ])
    expect(codesOf(pipeline)).toEqual(['not-split at model'])
  })

  test('gives fixes that name the edges of the file', () => {
    const pipeline = pipelineOf({ file, derive: off('features.derive'), model, evaluate }, [
      'file -> derive',
      'derive -> model',
      'model.model -> evaluate.models',
    ])
    expect(findingOf('not-split', pipeline).fix?.edits[0]).toEqual({
      kind: 'remove-edge',
      edge: 'derive.table -> model.table',
    })
    expect(codesOf(fixed('not-split', pipeline))).toEqual([])
  })

  test('moves a split over disabled nodes, too', () => {
    const pipeline = pipelineOf(
      {
        file,
        derive: off('features.derive'),
        fit: node('features.fit'),
        more: off('features.fit'),
        split,
        model,
        evaluate,
      },
      [
        'file -> derive',
        'derive -> fit',
        'fit -> more',
        'more -> split',
        'split -> model',
        'model.model -> evaluate.models',
      ],
    )
    const after = fixed('fitting-before-split', pipeline)
    expect(after.edges).toEqual([
      'file.table -> derive.table',
      'split.table -> fit.table',
      'fit.table -> more.table',
      'derive.table -> split.table',
      'more.table -> model.table',
      'model.model -> evaluate.models',
    ])
    expect(codesOf(after)).toEqual([])
  })

  test('does not call an output unused because what uses it is disabled for now', () => {
    expect(codesOf(pipelineOf({ file, out: off('serving.sink') }, ['file -> out']))).toEqual([])
  })
})
