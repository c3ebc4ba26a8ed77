import { describe, expect, it } from 'vitest'
import type { Column, ModelShape, TableShape } from '../../../src/core/columns.ts'
import { transformColumns } from '../../../src/core/transforms/transform-columns.ts'
import type { AnyNodeDefinition } from '../../../src/node-kit/define-node.ts'
import { setRoles } from '../../../nodes/features/set-roles/definition.ts'
import { baseline } from '../../../nodes/training/baseline/definition.ts'
import { crossValidate } from '../../../nodes/training/cross-validate/definition.ts'
import { gradientBoostedTrees } from '../../../nodes/training/gradient-boosted-trees/definition.ts'
import { linearRegression } from '../../../nodes/training/linear-regression/definition.ts'

const column = (name: string, type: Column['type'], role: Column['role'] = 'feature'): Column => ({
  name,
  type,
  role,
  origin: 'start',
})

/** Houses, with a target of a type. */
const houses = (target: Column['type'], ...more: Column[]): TableShape => ({
  kind: 'table',
  columns: [column('rooms', 'integer'), column('size', 'number'), ...more, column('worth', target, 'target')],
  split: ['train', 'test'],
  splitBy: 'split',
  known: true,
})

function propagate(definition: AnyNodeDefinition, table: TableShape, params: object = {}) {
  const { outputs, findings = [] } = definition.propagate({
    inputs: { table },
    params: (definition.params as { parse(params: unknown): unknown }).parse(params),
    node: 'here',
    feeds: { table: [{ node: 'before', port: 'table' }] },
    freeNodeId: (wish) => `${wish}2`,
    probed: null,
  })
  return {
    model: outputs['model'] as ModelShape,
    found: findings.map(({ code, param }) => [code, param]),
    fixes: findings.flatMap(({ fix }) => fix ?? []),
  }
}

describe('before anything runs, linear regression', () => {
  it('knows that it answers with numbers', () => {
    const { model, found } = propagate(linearRegression, houses('number'))
    expect(model).toEqual({ kind: 'model', task: 'regression', answers: 'numbers', target: 'worth' })
    expect(found).toEqual([])
  })

  it('refuses a target of texts, and features of texts', () => {
    expect(propagate(linearRegression, houses('text')).found).toEqual([['wrong-type', undefined]])
    const withTown = houses('integer', column('town', 'text'))
    expect(propagate(linearRegression, withTown).found).toEqual([['text-feature', undefined]])
  })
})

describe('before anything runs, what is known only later', () => {
  const roles = (table: TableShape, params: object): TableShape => {
    const { outputs } = setRoles.propagate({
      inputs: { table },
      params: setRoles.params.parse(params),
      node: 'roles',
      feeds: {},
      freeNodeId: (wish) => wish,
      probed: null,
    })
    return outputs.table
  }
  const later = roles(houses('number', column('sold', 'number')), { knownLater: ['sold'] })

  it('is warned of, with a fix that takes it out of the features', () => {
    const { found, fixes } = propagate(gradientBoostedTrees, later)
    expect(found).toEqual([['known-later', undefined]])
    expect(fixes[0]!.edits[1]).toMatchObject({ node: { params: { ignore: ['sold'] } } })
    expect(propagate(gradientBoostedTrees, roles(later, { ignore: ['sold'] })).found).toEqual([])
    expect(propagate(gradientBoostedTrees, roles(later, { features: ['sold'] })).found).toEqual([])
  })

  it('is followed into what is computed from it', () => {
    const derived = transformColumns(later, {
      transform: 'derive',
      params: { column: 'share', expression: 'sold / size' },
    })
    const doubled = transformColumns(derived, {
      transform: 'derive',
      params: { column: 'twice', expression: '2 * share' },
    })
    const found = doubled.columns.filter(({ knownLater }) => knownLater).map(({ name }) => name)
    expect(found).toEqual(['sold', 'share', 'twice'])
  })
})

describe('before anything runs, boosted trees', () => {
  it.each([
    ['number', 'classification', [['amounts-as-classes', 'task']]],
    ['number', 'regression', []],
    ['integer', 'classification', []],
    ['text', 'regression', [['wrong-type', 'task']]],
    ['text', 'auto', []],
  ] as const)('hold a target of the type %s against the task %s', (type, task, found) => {
    expect(propagate(gradientBoostedTrees, houses(type), { task }).found).toEqual(found)
  })

  it('warn of dates that are features, which say nothing about later rows', () => {
    const built = column('built', 'date')
    const sold = column('sold', 'datetime', 'ignore')
    expect(propagate(gradientBoostedTrees, houses('number', built, sold)).found).toEqual([
      ['date-feature', undefined],
    ])
    expect(propagate(gradientBoostedTrees, houses('number', sold)).found).toEqual([])
  })
})

describe('before anything runs, a baseline', () => {
  it.each([
    ['text', { task: null, answers: 'classes' }],
    ['boolean', { task: 'binary', answers: 'classes' }],
    ['number', { task: 'regression', answers: 'numbers' }],
    ['integer', { task: null }],
  ] as const)('knows of a target of the type %s what can be known', (type, expected) => {
    expect(propagate(baseline, houses(type)).model).toEqual({ kind: 'model', target: 'worth', ...expected })
  })
})

describe('before anything runs, cross-validation', () => {
  const linear = { type: 'training.linear-regression' }

  it('finds what its learner finds', () => {
    expect(propagate(crossValidate, houses('number'), { learner: linear }).found).toEqual([])
    expect(propagate(crossValidate, houses('text'), { learner: linear }).found).toEqual([
      ['wrong-type', undefined],
    ])
    const logistic = { type: 'training.logistic-regression' }
    expect(propagate(crossValidate, houses('number'), { learner: logistic }).found).toEqual([
      ['wrong-type', undefined],
    ])
  })

  it.each([
    [{ method: 'group' }, [['missing-column', 'by']]],
    [{ method: 'group', by: 'rooms' }, []],
    [{ method: 'group', by: 'town' }, [['unknown-column', 'by']]],
    [{ method: 'order', by: 'town' }, [['unknown-column', 'by']]],
    [{ method: 'order' }, []],
    [{ method: 'stratified' }, [['wrong-type', 'by']]],
    [{ method: 'stratified', by: 'rooms' }, []],
    [{ folds: 2, validates: true }, [['too-few-folds', 'folds']]],
    [{ folds: 2, validates: true, method: 'order' }, []],
  ])('judges %j', (params, found) => {
    expect(propagate(crossValidate, houses('number'), { learner: linear, ...params }).found).toEqual(found)
  })

  it('takes the parameters of a learner as its own node does, and no others', () => {
    const parsed = crossValidate.params.parse({ learner: linear })
    expect(parsed.learner).toEqual({
      type: 'training.linear-regression',
      ...linearRegression.params.parse({}),
    })
    expect(crossValidate.params.safeParse({ learner: { ...linear, trees: 3 } }).success).toBe(false)
  })
})
