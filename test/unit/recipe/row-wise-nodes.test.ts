import { describe, expect, it } from 'vitest'
import { bin } from '../../../nodes/features/bin/definition.ts'
import { encode } from '../../../nodes/features/encode/definition.ts'
import { featureSelection } from '../../../nodes/features/feature-selection/definition.ts'
import { impute } from '../../../nodes/features/impute/definition.ts'
import { interaction } from '../../../nodes/features/interaction/definition.ts'
import type { Column, TableShape } from '../../../src/core/columns.ts'
import type { AnyNodeDefinition } from '../../../src/node-kit/define-node.ts'

const column = (name: string, type: Column['type'], role: Column['role'] = 'feature'): Column => ({
  name,
  type,
  role,
  origin: 'start',
})
const table: TableShape = {
  kind: 'table',
  columns: [
    column('spend', 'number'),
    column('months', 'integer'),
    column('plan', 'text'),
    column('town', 'text'),
  ],
  split: ['train', 'test'],
  known: true,
}
const withTarget: TableShape = { ...table, columns: [...table.columns, column('churn', 'text', 'target')] }

function propagated(definition: AnyNodeDefinition, params: object, shape = table) {
  const { outputs, findings = [] } = definition.propagate({
    inputs: { table: shape },
    params: definition.params.parse(params) as never,
    node: 'node',
    feeds: {},
    freeNodeId: (wish) => wish,
    probed: null,
  })
  const columns = (outputs['table'] as TableShape).columns.map(({ name, type }) => [name, type])
  return { columns, findings: findings.map(({ code, param }) => [code, param]) }
}

describe('before a run', () => {
  it('combined columns are named after their pair', () => {
    const pairs = [
      { left: 'spend', right: 'months', operation: 'ratio' },
      { left: 'plan', right: 'town', operation: 'cross' },
    ]
    expect(propagated(interaction, { pairs })).toMatchObject({
      columns: [{}, {}, {}, {}, ['spend / months', 'number'], ['plan × town', 'text']],
      findings: [],
    })
  })

  it.each([
    [{ left: 'spend', right: 'plan' }, [['wrong-type', 'pairs.0.right']]],
    [{ left: 'spend', right: 'plan', operation: 'cross' }, [['wrong-type', 'pairs.0.left']]],
    [{ left: 'spent', right: 'months' }, [['unknown-column', 'pairs.0.left']]],
    [{ left: 'churn', right: 'plan', operation: 'cross' }, [['target-as-feature', 'pairs.0.left']]],
  ])('a pair that does not fit is told: %o', (pair, findings) => {
    expect(propagated(interaction, { pairs: [pair] }, withTarget).findings).toEqual(findings)
  })

  it('target encoding and scores ask for a target', () => {
    const byTarget = { columns: ['plan'], method: 'target' }
    expect(propagated(encode, byTarget).findings).toEqual([['no-target', 'method']])
    expect(propagated(encode, byTarget, withTarget)).toMatchObject({
      columns: [{}, {}, ['plan', 'vector'], {}, {}],
      findings: [],
    })
    expect(propagated(featureSelection, { method: 'f-test' }).findings).toEqual([['no-target', 'method']])
    expect(propagated(featureSelection, { method: 'correlation', threshold: 2 }).findings).toEqual([
      ['bad-value', 'threshold'],
    ])
  })

  it('selected features are one vector in the place of the columns', () => {
    expect(propagated(featureSelection, { columns: ['spend', 'months'] }).columns).toEqual([
      ['plan', 'text'],
      ['town', 'text'],
      ['selected', 'vector'],
    ])
  })

  it('groups and edges that make no sense are told', () => {
    expect(propagated(impute, { columns: ['spend'], by: 'plann' }).findings).toEqual([
      ['unknown-column', 'by'],
    ])
    expect(propagated(impute, { columns: ['spend'], by: 'churn' }, withTarget).findings).toEqual([
      ['wrong-role', 'by'],
    ])
    expect(propagated(impute, { by: 'plan' }).findings).toEqual([])
    expect(propagated(bin, { method: 'edges' }).findings).toEqual([['bad-value', 'edges']])
  })
})
