import { describe, expect, test } from 'vitest'
import { codesOf, findingOf, fixed } from './check-and-fix.ts'
import { file, node, pipelineOf, tableOf } from './stub-nodes.ts'

const fit = node('features.fit')
const split = node('features.split')
const model = node('training.stub')
const evaluate = node('training.evaluate')

describe('fitting before a split', () => {
  const chain = pipelineOf({ file, fit, derive: node('features.derive'), split, model, evaluate }, [
    'file -> fit',
    'fit -> derive',
    'derive -> split',
    'split -> model',
    'model.model -> evaluate.models',
  ])

  test('is an error that names both nodes', () => {
    expect(findingOf('fitting-before-split', chain)).toMatchObject({
      severity: 'error',
      at: { node: 'fit', port: 'table' },
      message: '“fit” learns from every row, also from those that “split” sets aside further on.',
      remedy: 'Let “split” stand before “fit”.',
      fix: { title: 'Move “split” before “fit”' },
    })
  })

  test('is mended by moving the split before the node', () => {
    const after = fixed('fitting-before-split', chain)
    expect(after.edges).toEqual([
      'split.table -> fit.table',
      'fit.table -> derive.table',
      'file.table -> split.table',
      'derive.table -> model.table',
      'model.model -> evaluate.models',
    ])
    expect(codesOf(after)).toEqual([])
  })

  test('moves the boxes along, when all have places', () => {
    const layout: [string, [number, number]][] = ['file', 'fit', 'derive', 'split'].map((id, index) => [
      id,
      [index * 100, 0],
    ])
    expect(fixed('fitting-before-split', { ...chain, layout: Object.fromEntries(layout) }).layout).toEqual({
      file: [0, 0],
      split: [100, 0],
      fit: [200, 0],
      derive: [300, 0],
    })
  })

  test('is told of every node before the split, and one move mends all', () => {
    const two = pipelineOf({ file, fit, scale: fit, split, model, evaluate }, [
      'file -> fit',
      'fit -> scale',
      'scale -> split',
      'split -> model',
      'model.model -> evaluate.models',
    ])
    expect(codesOf(two)).toEqual(['fitting-before-split at fit', 'fitting-before-split at scale'])
    expect(codesOf(fixed('fitting-before-split', two))).toEqual([])
  })

  test('keeps other uses of the table before the split as they were', () => {
    const branched = pipelineOf({ file, fit, split, model, evaluate, out: node('serving.sink') }, [
      'file -> fit',
      'fit -> out',
      'fit -> split',
      'split -> model',
      'model.model -> evaluate.models',
    ])
    expect(fixed('fitting-before-split', branched).edges).toEqual([
      'split.table -> fit.table',
      'fit.table -> out.table',
      'file.table -> split.table',
      'fit.table -> model.table',
      'model.model -> evaluate.models',
    ])
  })

  test('has no fix when the split goes by a column that is made in between', () => {
    const nodes = {
      ...chain.nodes,
      derive: node('features.derive', { name: 'year' }),
      split: node('features.split', { by: 'year' }),
    }
    const found = findingOf('fitting-before-split', { ...chain, nodes })
    expect(found).not.toHaveProperty('fix')
  })

  test('shows even while the columns of the source are not known', () => {
    expect(codesOf(chain, { probed: new Map() })).toEqual(['fitting-before-split at fit'])
  })

  test('is not claimed when something on the way is wrong', () => {
    const nodes = { ...chain.nodes, file: node('ingestion.stub') }
    expect(codesOf({ ...chain, nodes })).toEqual(['bad-parameter at file'])
  })

  test('is not claimed of a model of other rows whose answers are split later', () => {
    const borrowed = pipelineOf(
      { file, old: file, model, predict: node('serving.predict'), split, out: node('serving.sink') },
      ['old -> model', 'model.model -> predict.model', 'file -> predict', 'predict -> split', 'split -> out'],
    )
    expect(codesOf(borrowed)).toEqual(['not-split at model'])
  })

  test('is not claimed of a lookup table that is joined to a split one', () => {
    const lookup = pipelineOf(
      { file, split, old: file, fit, join: node('features.join'), out: node('serving.sink') },
      ['file -> split', 'split -> join.left', 'old -> fit', 'fit -> join.right', 'join -> out'],
    )
    expect(codesOf(lookup)).toEqual(['not-split at fit'])
  })

  test('is silent after the split', () => {
    const right = pipelineOf({ file, split, fit, model, evaluate }, [
      'file -> split',
      'split -> fit',
      'fit -> model',
      'model.model -> evaluate.models',
    ])
    expect(codesOf(right)).toEqual([])
  })
})

describe('values over all rows before a split', () => {
  const chain = pipelineOf({ file, means: node('features.means'), split, model, evaluate }, [
    'file -> means',
    'means -> split',
    'split -> model',
    'model.model -> evaluate.models',
  ])

  test('are warned of, mended like fitting', () => {
    expect(findingOf('values-over-all-rows-before-split', chain)).toMatchObject({
      severity: 'warning',
      at: { node: 'means' },
      message: '“means” computes over every row, also over those that “split” sets aside further on.',
    })
    expect(codesOf(fixed('values-over-all-rows-before-split', chain))).toEqual([])
  })

  test('are no harm where nothing is split', () => {
    const plain = pipelineOf({ file, means: node('features.means'), out: node('serving.sink') }, [
      'file -> means',
      'means -> out',
    ])
    expect(codesOf(plain)).toEqual([])
  })
})

describe('learning without a split', () => {
  const chain = pipelineOf({ file, fit, scale: fit, model, evaluate }, [
    'file -> fit',
    'fit -> scale',
    'scale -> model',
    'model.model -> evaluate.models',
  ])

  test('is a warning, once for all that follow, with a split to insert', () => {
    expect(codesOf(chain)).toEqual(['not-split at fit'])
    expect(findingOf('not-split', chain)).toMatchObject({
      severity: 'warning',
      message: '“fit” learns from every row: no split stands before it, so no row is left to test with.',
    })
    const after = fixed('not-split', chain)
    expect(after.nodes.split).toEqual(split)
    expect(codesOf(after)).toEqual([])
  })

  test('puts the split before values over all rows too', () => {
    const both = pipelineOf({ file, means: node('features.means'), model, evaluate }, [
      'file -> means',
      'means -> model',
      'model.model -> evaluate.models',
    ])
    expect(codesOf(both)).toEqual(['not-split at model'])
    expect(codesOf(fixed('not-split', both))).toEqual([])
  })

  test('takes the rows from a split that the same table has already', () => {
    const beside = pipelineOf({ file, split, model, other: model, evaluate }, [
      'file -> split',
      'split -> model',
      'file -> other',
      'model.model -> evaluate.models',
      'other.model -> evaluate.models',
    ])
    expect(codesOf(beside)).toEqual(['not-split at other'])
    expect(findingOf('not-split', beside).fix?.title).toBe('Take the rows from “split”')
    expect(fixed('not-split', beside).edges[2]).toBe('split.table -> other.table')
  })

  test('gives the new split an id that is free', () => {
    const taken = pipelineOf({ split: file, fit, out: node('serving.sink') }, ['split -> fit', 'fit -> out'])
    expect(Object.keys(fixed('not-split', taken).nodes)).toContain('split2')
  })
})

describe('the target as a feature', () => {
  const learning = (roles: Record<string, ReturnType<typeof node>>, chain: string[]) =>
    pipelineOf({ file, split, ...roles, model, evaluate }, [
      'file -> split',
      ...chain,
      'model.model -> evaluate.models',
    ])

  test('is suspected of a feature that is called like the target', () => {
    const pipeline = learning({ roles: node('features.set-roles', { target: 'churn' }) }, [
      'split -> roles',
      'roles -> model',
    ])
    const more = { tables: { file: tableOf('churn', 'Churn?', 'age') } }
    expect(findingOf('target-as-feature', pipeline, more)).toMatchObject({
      severity: 'warning',
      at: { node: 'model', port: 'table' },
      message:
        '“Churn?” is a feature of “model”, but it is called almost like the target “churn”: it may give the answer away.',
      fix: { title: 'Ignore “Churn?”' },
    })
    expect(codesOf(fixed('target-as-feature', pipeline, more), more)).toEqual([])
  })

  test('is suspected of a feature that was the target further up', () => {
    const pipeline = learning(
      {
        roles: node('features.set-roles', { target: 'left' }),
        again: node('features.set-roles', { target: 'score', features: ['left'] }),
      },
      ['split -> roles', 'roles -> again', 'again -> model'],
    )
    const more = { tables: { file: tableOf('left', 'score', 'age') } }
    expect(findingOf('target-as-feature', pipeline, more).message).toBe(
      '“left” is a feature of “model”, but it is the target further up: it may give the answer away.',
    )
    expect(codesOf(fixed('target-as-feature', pipeline, more), more)).toEqual([])
  })
})
