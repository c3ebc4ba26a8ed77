import { describe, expect, it } from 'vitest'
import type { Column, Shape, TableShape } from '../../../src/core/columns.ts'
import type { NodeFinding, Shapes } from '../../../src/node-kit/propagation.ts'
import { nodeDefinitions } from '../../../nodes/definitions.ts'

const column = (name: string, type: Column['type'], role: Column['role'] = 'feature'): Column => ({
  name,
  type,
  role,
  origin: 'start',
})

const customers: TableShape = {
  kind: 'table',
  columns: [
    column('customer', 'text', 'id'),
    column('plan', 'text'),
    column('months', 'integer'),
    column('spend', 'number'),
    column('since', 'date'),
    column('leaves', 'text', 'target'),
  ],
  split: ['train', 'validation', 'test'],
  splitBy: 'split',
  known: true,
}
const numbers: TableShape = {
  ...customers,
  columns: customers.columns.filter(({ type, role }) => type !== 'text' || role === 'target'),
}
const classifier: Shape = { kind: 'model', task: 'binary', answers: 'classes', target: 'leaves' }

interface Outcome {
  outputs: Shapes
  findings: readonly NodeFinding[]
}

function propagate(
  id: string,
  params: Readonly<Record<string, unknown>>,
  inputs: Readonly<Record<string, Shape | readonly Shape[]>>,
): Outcome {
  const definition = nodeDefinitions.find((each) => each.id === id)!
  const outcome = definition.propagate({
    inputs,
    params: (definition.params as { parse(params: unknown): unknown }).parse(params),
    node: 'here',
    feeds: { table: [{ node: 'before', port: 'table' }] },
    freeNodeId: (wish) => `${wish}2`,
    probed: null,
  })
  return { outputs: outcome.outputs, findings: outcome.findings ?? [] }
}

const codesOf = ({ findings }: Outcome) => findings.map(({ code, param }) => [code, param])

function columnsOf({ outputs }: Outcome): string[] {
  const table = outputs['table'] as TableShape
  return table.columns.map(
    ({ name, type, role }) => `${name}: ${type}${role === 'feature' ? '' : ` (${role})`}`,
  )
}

describe('set roles', () => {
  it('has one target: the one from before is ignored', () => {
    const outcome = propagate(
      'features.set-roles',
      { target: 'plan', id: ['customer'] },
      { table: customers },
    )
    expect(columnsOf(outcome)).toEqual([
      'customer: text (id)',
      'plan: text (target)',
      'months: integer',
      'spend: number',
      'since: date',
      'leaves: text (ignore)',
    ])
  })

  it('names the column that was probably meant', () => {
    const { findings } = propagate('features.set-roles', { target: 'leave' }, { table: customers })
    expect(findings).toEqual([
      {
        code: 'unknown-column',
        severity: 'error',
        message: 'There is no column “leave” here.',
        remedy: 'Did you mean “leaves”?',
        param: 'target',
      },
    ])
  })

  it('refuses two roles for one column, and a type that a role cannot have', () => {
    const twice = propagate('features.set-roles', { target: 'plan', ignore: ['plan'] }, { table: customers })
    expect(codesOf(twice)).toEqual([['role-conflict', 'ignore.0']])
    const text = propagate('features.set-roles', { weight: 'plan', time: ['plan'] }, { table: customers })
    expect(codesOf(text)).toEqual([
      ['role-conflict', 'weight'],
      ['wrong-type', 'time.0'],
      ['wrong-type', 'weight'],
    ])
  })
})

describe('row-wise steps', () => {
  it('choose features of a fitting type by rule, and leave target and id alone', () => {
    expect(columnsOf(propagate('features.encode', {}, { table: customers }))[1]).toBe('plan: vector')
    expect(columnsOf(propagate('features.encode', {}, { table: customers }))[5]).toBe('leaves: text (target)')
    const scaled = columnsOf(propagate('features.scale', {}, { table: customers }))
    expect(scaled.slice(2, 5)).toEqual(['months: number', 'spend: number', 'since: date'])
  })

  it('point at the column of the list that is wrong', () => {
    const chosen = { columns: ['spend', 'plans', 'leaves', 'since'] }
    const outcome = propagate('features.impute', chosen, { table: customers })
    expect(codesOf(outcome)).toEqual([
      ['unknown-column', 'columns.1'],
      ['wrong-role', 'columns.2'],
    ])
  })

  it('warn when a rule means no column', () => {
    const onlyTarget = { ...customers, columns: customers.columns.slice(5) }
    expect(propagate('features.scale', {}, { table: onlyTarget }).findings[0]).toMatchObject({
      code: 'nothing-selected',
      severity: 'warning',
      param: 'columns',
    })
  })

  it('stay silent about columns that nobody knows yet', () => {
    const unknown: TableShape = { ...customers, columns: [], known: false }
    const params = { columns: ['anything'] }
    expect(propagate('features.impute', params, { table: unknown }).findings).toEqual([])
  })

  it('follow the target through a column that is made of it, past one that is wrong', () => {
    const columns = [
      { name: 'wrong', expression: 'nowhere + 1' },
      { name: 'told', expression: "leaves = 'yes'" },
      { name: 'retold', expression: 'if(told, 1, 0)' },
    ]
    expect(codesOf(propagate('features.derive', { columns }, { table: customers }))).toEqual([
      ['bad-expression', 'columns.0.expression'],
      ['target-as-feature', 'columns.1.expression'],
      ['target-as-feature', 'columns.2.expression'],
    ])
  })

  it('call a feature that is computed from the target a leak', () => {
    const params = { columns: [{ name: 'hint', expression: "leaves = 'yes'" }] }
    expect(codesOf(propagate('features.derive', params, { table: customers }))).toEqual([
      ['target-as-feature', 'columns.0.expression'],
    ])
  })

  it('say where an expression is wrong', () => {
    const params = { columns: [{ name: 'total', expression: 'spend * plan' }] }
    expect(codesOf(propagate('features.derive', params, { table: customers }))).toEqual([
      ['bad-expression', 'columns.0.expression'],
    ])
  })
})

describe('cast', () => {
  it('reads texts of the source again, and converts what the model can', () => {
    const outcome = propagate(
      'features.cast',
      { types: { plan: 'number', spend: 'integer' } },
      { table: customers },
    )
    expect(columnsOf(outcome).slice(1, 4)).toEqual(['plan: number', 'months: integer', 'spend: integer'])
    const { columns } = outcome.outputs['table'] as TableShape
    expect(columns.map(({ origin }) => origin).slice(1, 4)).toEqual(['start', 'start', 'recipe'])
  })

  it('refuses what no model can do', () => {
    const outcome = propagate(
      'features.cast',
      { types: { spend: 'text', since: 'boolean' } },
      { table: customers },
    )
    expect(codesOf(outcome)).toEqual([
      ['wrong-type', 'types.spend'],
      ['wrong-type', 'types.since'],
    ])
  })
})

describe('append', () => {
  const other: TableShape = { ...customers, columns: [column('months', 'number'), column('town', 'text')] }

  it('matches columns by name and finds their common type', () => {
    const params = { columns: 'all', sourceColumn: 'file' }
    const unsplit = { ...customers, split: null }
    const outcome = propagate('features.append', params, { tables: [unsplit, { ...other, split: null }] })
    expect(columnsOf(outcome)).toEqual([
      'customer: text (id)',
      'plan: text',
      'months: number',
      'spend: number',
      'since: date',
      'leaves: text (target)',
      'town: text',
      'file: text (ignore)',
    ])
    expect(outcome.findings).toEqual([])
  })

  it('refuses different columns, different types, encoded columns, mixed splits and a taken name', () => {
    const months = {
      ...customers,
      split: null,
      columns: [column('months', 'text'), column('codes', 'vector')],
    }
    const params = { sourceColumn: 'plan' }
    expect(codesOf(propagate('features.append', params, { tables: [customers, months] }))).toEqual([
      ['column-mismatch', 'columns'],
      ['column-mismatch', 'columns'],
      ['wrong-type', undefined],
      ['wrong-type', undefined],
      ['mixed-split', undefined],
      ['name-taken', 'sourceColumn'],
    ])
  })
})

describe('split', () => {
  const unsplit: TableShape = { ...customers, split: null }

  it('says which parts there will be', () => {
    const parts = (params: Readonly<Record<string, unknown>>) =>
      (propagate('features.split', params, { table: unsplit }).outputs['table'] as TableShape).split
    expect(parts({})).toEqual(['train', 'validation', 'test'])
    expect(parts({ validation: 0 })).toEqual(['train', 'test'])
    const values = { train: ['basic'], test: ['plus'] }
    expect(parts({ method: 'column', by: 'plan', validation: 0, values })).toEqual(['train', 'test'])
  })

  it('refuses shares of everything, unfit columns and values that nobody trains on', () => {
    const codes = (params: Readonly<Record<string, unknown>>, table = unsplit) =>
      codesOf(propagate('features.split', params, { table }))
    expect(codes({ test: 0.6, validation: 0.4 })).toEqual([['bad-shares', 'validation']])
    expect(codes({ method: 'group' })).toEqual([['missing-column', 'by']])
    expect(codes({ method: 'stratified', by: 'spend' })).toEqual([['wrong-type', 'by']])
    expect(codes({ method: 'column', by: 'plan' })).toEqual([['missing-values', 'values.train']])
    expect(codes({}, customers)).toEqual([['split-again', undefined]])
    const untargeted = { ...unsplit, columns: unsplit.columns.slice(0, 5) }
    expect(codes({ method: 'stratified' }, untargeted)).toEqual([['missing-target', 'by']])
  })
})

describe('learners', () => {
  it('offer to encode a text feature', () => {
    const table = { ...customers, columns: customers.columns.filter(({ type }) => type !== 'date') }
    const { findings } = propagate('training.logistic-regression', {}, { table })
    expect(findings).toEqual([
      {
        code: 'text-feature',
        severity: 'error',
        message: 'A learner takes numbers, but “plan” holds text.',
        remedy: 'Encode them first, or give them another role, such as “ignore”.',
        port: 'table',
        fix: {
          title: 'Encode them with one-hot codes',
          edits: [
            { kind: 'remove-edge', edge: 'before.table -> here.table' },
            {
              kind: 'add-node',
              id: 'encode2',
              node: { type: 'features.encode', version: 1, params: { columns: ['plan'] } },
            },
            { kind: 'add-edge', edge: 'before.table -> encode2.table' },
            { kind: 'add-edge', edge: 'encode2.table -> here.table' },
          ],
        },
      },
    ])
  })

  it('offer the last column as the target where there is none', () => {
    const columns = numbers.columns.filter(({ role }) => role !== 'target')
    const { findings } = propagate('training.gradient-boosted-trees', {}, { table: { ...numbers, columns } })
    expect(findings[0]).toMatchObject({ code: 'missing-target', fix: { title: 'Set “since” as the target' } })
  })

  it('refuse a table without features and a target that is a date', () => {
    const columns = [column('since', 'date', 'target')]
    const outcome = propagate('training.gradient-boosted-trees', {}, { table: { ...numbers, columns } })
    expect(codesOf(outcome)).toEqual([
      ['wrong-type', undefined],
      ['no-features', undefined],
    ])
  })

  it('know their task from the type of the target, as far as it tells', () => {
    const taskFor = (type: Column['type'], params = {}) => {
      const table = { ...numbers, columns: [column('spend', 'number'), column('answer', type, 'target')] }
      return propagate('training.gradient-boosted-trees', params, { table }).outputs['model']
    }
    expect(taskFor('text')).toMatchObject({ task: null, answers: 'classes', target: 'answer' })
    expect(taskFor('number')).toMatchObject({ task: 'regression' })
    expect(taskFor('integer')).toMatchObject({ task: null })
    expect(taskFor('integer', { task: 'classification' })).toMatchObject({ answers: 'classes' })
  })
})

describe('what comes after a learner', () => {
  it('offers a validation share where a threshold has no rows to choose on', () => {
    const table: TableShape = { ...numbers, split: ['train', 'test'] }
    expect(propagate('training.threshold', {}, { model: classifier, table }).findings).toMatchObject([
      {
        code: 'no-validation-rows',
        fix: { edits: [{ kind: 'set-param', node: 'split', path: ['validation'], value: 0.2 }] },
      },
    ])
    expect(
      propagate('training.threshold', { method: 'fixed' }, { model: classifier, table }).findings,
    ).toEqual([])
  })

  it('gives a threshold to a model of two classes alone, by a metric that has one', () => {
    const regression: Shape = { kind: 'model', task: 'regression', target: 'leaves' }
    expect(codesOf(propagate('training.threshold', {}, { model: regression, table: numbers }))).toEqual([
      ['not-binary', undefined],
    ])
    const codes = (params: Readonly<Record<string, unknown>>) =>
      codesOf(propagate('training.threshold', params, { model: classifier, table: numbers }))
    expect(codes({ metric: 'recall' })).toEqual([['one-sided-metric', 'metric']])
    expect(codes({ method: 'reach' })).toEqual([['bad-metric', 'metric']])
  })

  it('measures models of one target on rows that are there', () => {
    const other: Shape = { kind: 'model', task: 'regression', target: 'spend' }
    const trainOnly: TableShape = { ...numbers, split: ['train'] }
    expect(
      codesOf(propagate('training.evaluate', {}, { models: [classifier, other], table: trainOnly })),
    ).toEqual([
      ['different-targets', undefined],
      ['no-rows', undefined],
    ])
    const unsplit = propagate(
      'training.evaluate',
      {},
      { models: [classifier], table: { ...numbers, split: null } },
    )
    expect(unsplit.findings.map(({ message }) => message)).toEqual([
      'The table is not split, so it has no test rows.',
    ])
    const untargeted = { ...numbers, columns: [column('spend', 'number')] }
    expect(codesOf(propagate('training.evaluate', {}, { models: [classifier], table: untargeted }))).toEqual([
      ['unknown-column', undefined],
    ])
    const dates: Shape = { kind: 'model', task: 'regression', target: 'leaves' }
    expect(codesOf(propagate('training.evaluate', {}, { models: [dates], table: numbers }))).toEqual([
      ['wrong-type', undefined],
    ])
  })

  it('predicts with a model, beside columns of other names', () => {
    const outcome = propagate('serving.predict', { columns: 'ids' }, { model: classifier, table: customers })
    expect(columnsOf(outcome)).toEqual([
      'customer: text (id)',
      'leaves: text (target)',
      'prediction: text (ignore)',
      'probability: number (ignore)',
    ])
    const taken = { ...customers, columns: [column('prediction', 'text')] }
    expect(codesOf(propagate('serving.predict', {}, { table: taken }))).toEqual([
      ['no-model', 'model'],
      ['name-taken', undefined],
    ])
  })
})

describe('expectations', () => {
  it('are about columns that are there, of a type that fits', () => {
    const expectations = [
      { expectation: 'expect_column_values_to_be_unique', column: 'customers' },
      { expectation: 'expect_column_mean_to_be_between', column: 'plan' },
      {
        expectation: 'expect_column_quantile_values_to_be_between',
        column: 'spend',
        quantile_ranges: { quantiles: [0.5, 0.9], value_ranges: [[0, 10]] },
      },
    ]
    expect(codesOf(propagate('validation.expectations', { expectations }, { table: customers }))).toEqual([
      ['unknown-column', 'expectations.0.column'],
      ['wrong-type', 'expectations.1.column'],
      ['bad-parameter', 'expectations.2.quantile_ranges.value_ranges'],
    ])
  })
})
