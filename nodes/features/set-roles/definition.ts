import { z } from 'zod'
import { columnNamed, type Column, type Role, type TableShape } from '../../../src/core/columns.ts'
import { unknownColumns } from '../../../src/node-kit/column-selection.ts'
import { defineNode } from '../../../src/node-kit/define-node.ts'
import type { NodeFinding } from '../../../src/node-kit/propagation.ts'
import { customersCsv } from '../../example-tables.ts'

const names = z.array(z.string()).default([])

const params = z.strictObject({
  target: z.string().optional().meta({
    title: 'Target',
    description: 'The column that a model learns to predict. As it was when left empty.',
    widget: 'column',
  }),
  id: names.meta({
    title: 'Ids',
    description: 'Columns that name a row, such as a customer number; no model learns from them.',
    widget: 'columns',
  }),
  time: names.meta({
    title: 'Times',
    description: 'Columns that say when a row was true.',
    widget: 'columns',
  }),
  weight: z.string().optional().meta({
    title: 'Weight',
    description: 'A column of numbers that says how much a row counts. As it was when left empty.',
    widget: 'column',
  }),
  ignore: names.meta({
    title: 'Ignored',
    description: 'Columns that stay in the table, but are no features.',
    widget: 'columns',
  }),
  knownLater: names.meta({
    title: 'Known later',
    description:
      'Columns that are known only after what is predicted has happened, such as the reason of a cancellation. They keep ' +
      'their role, and learners warn of them and of what is computed from them.',
    widget: 'columns',
  }),
  features: names.meta({
    title: 'Features',
    description: 'Columns that a model learns from, where they had another role.',
    widget: 'columns',
  }),
})
export type SetRolesParams = z.output<typeof params>

export const setRoles = defineNode({
  id: 'features.set-roles',
  version: 1,
  title: 'Set roles',
  summary: 'Says which column is the target, which are ids, and which no model may learn from.',
  description:
    'Every column of a file starts as a feature. This step gives columns another role; columns that it does not ' +
    'name keep theirs. A table has one target: a target from before is ignored from here on, so that the answer ' +
    'cannot slip in among the features. Rows are not touched.\n\n' +
    'A date that lies behind the column with the role “time” in many rows is known later as well; learners tell that from ' +
    'the rows.',
  keywords: ['label', 'dependent variable', 'response', 'class', 'key', 'index', 'sample weight', 'metadata'],
  inputs: { table: { type: 'table', title: 'Table' } },
  outputs: { table: { type: 'table', title: 'Table', description: 'The same rows with the new roles.' } },
  params,
  failures: {},
  examples: [
    {
      title: 'Predict who leaves',
      params: { target: 'churn', id: ['customer'] },
      inputs: { table: { csv: customersCsv(20) } },
    },
    {
      title: 'What is known only when they have left',
      params: { target: 'churn', knownLater: ['spend'] },
      inputs: { table: { csv: customersCsv(20) } },
    },
  ],
  effect: 'pure',
  learnsFrom: 'nothing',
  propagate({ inputs: { table }, params }) {
    return {
      outputs: {
        table: {
          ...table,
          columns: withRoles(table.columns, params),
          // Nothing can be said of what lies behind, but that it has no target: that would be said again and again.
          known: table.known && hasTarget(table, params),
        },
      },
      findings: [...unknownNames(table, params), ...conflicts(params), ...unusable(table, params)],
    }
  },
})

/** The columns with their new roles. */
export function withRoles(columns: readonly Column[], params: SetRolesParams): Column[] {
  const given = new Map(choices(params).map(({ name, role }) => [name, role]))
  const chosen = new Set(given.values())
  return columns.map((column) => {
    const timed = withTime(column, params)
    const role = given.get(column.name)
    if (role) return { ...timed, role }
    const replaced = (column.role === 'target' || column.role === 'weight') && chosen.has(column.role)
    return replaced ? { ...timed, role: 'ignore' } : timed
  })
}

/** A column that is named as a feature is known in time, whatever was said of it before. */
function withTime(column: Column, { knownLater, features }: SetRolesParams): Column {
  if (knownLater.includes(column.name)) return { ...column, knownLater: true }
  if (!features.includes(column.name)) return column
  const { knownLater: _, ...inTime } = column
  return inTime
}

/** Whether the column that is to be the target is there. */
function hasTarget({ columns }: TableShape, { target }: SetRolesParams): boolean {
  return target === undefined || columnNamed({ columns }, target) !== undefined
}

interface Choice {
  name: string
  role: Role
  param: string
}

function choices(params: SetRolesParams): Choice[] {
  const many = (role: Role, param: 'id' | 'time' | 'ignore' | 'features'): Choice[] =>
    params[param].map((name, index) => ({ name, role, param: `${param}.${index}` }))
  const one = (role: 'target' | 'weight'): Choice[] =>
    params[role] === undefined ? [] : [{ name: params[role], role, param: role }]
  return [
    ...one('target'),
    ...many('id', 'id'),
    ...many('time', 'time'),
    ...one('weight'),
    ...many('ignore', 'ignore'),
    ...many('feature', 'features'),
  ]
}

function unknownNames(table: TableShape, params: SetRolesParams): NodeFinding[] {
  const named = choices(params).map(({ name, param }) => ({ name, param }))
  const later = params.knownLater.map((name, index) => ({ name, param: `knownLater.${index}` }))
  return [...named, ...later].flatMap(({ name, param }) =>
    unknownColumns({ table, names: [name], param: () => param }),
  )
}

function conflicts(params: SetRolesParams): NodeFinding[] {
  const first = new Map<string, Role>()
  return choices(params).flatMap(({ name, role, param }) => {
    const other = first.get(name)
    if (other === undefined) first.set(name, role)
    if (other === undefined || other === role) return []
    return [
      {
        code: 'role-conflict',
        severity: 'error' as const,
        message: `“${name}” cannot be both ${other} and ${role}.`,
        remedy: 'Name it once.',
        param,
      },
    ]
  })
}

function unusable(table: TableShape, params: SetRolesParams): NodeFinding[] {
  return choices(params).flatMap(({ name, role, param }) => {
    const type = table.columns.find((column) => column.name === name)?.type
    const wanted = type && wantedTypes(role)
    if (!wanted || wanted.includes(type)) return []
    return [
      {
        code: 'wrong-type',
        severity: 'error' as const,
        message: `“${name}” is a ${type} column; a ${role} is ${wanted.join(', ')}.`,
        remedy: 'Choose another column, or cast this one first.',
        param,
      },
    ]
  })
}

function wantedTypes(role: Role): readonly string[] | undefined {
  if (role === 'weight') return ['number', 'integer']
  if (role === 'target') return ['number', 'integer', 'boolean', 'text']
  return role === 'time' ? ['date', 'datetime', 'number', 'integer'] : undefined
}
