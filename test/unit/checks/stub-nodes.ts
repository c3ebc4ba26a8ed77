import { z } from 'zod'
import { unknownTable, type Column, type Role, type TableShape } from '../../../src/core/columns.ts'
import type { Pipeline, PipelineNode } from '../../../src/core/pipeline.ts'
import { unknownColumns } from '../../../src/node-kit/column-selection.ts'
import { defineNode, type AnyNodeDefinition } from '../../../src/node-kit/define-node.ts'

const about = {
  version: 1,
  title: 'Stub',
  summary: '',
  description: '',
  keywords: [],
  failures: {},
  examples: [],
  effect: 'pure',
  learnsFrom: 'nothing',
} as const

const tableIn = { table: { type: 'table', title: 'Table' } } as const
const tableOut = { table: { type: 'table', title: 'Table' } } as const
const columnNames = z.array(z.string()).default([])
const asTable = (shape: unknown): TableShape => (shape as TableShape | undefined) ?? unknownTable

const source = defineNode({
  ...about,
  id: 'ingestion.stub',
  inputs: {},
  outputs: { table: { type: 'table', title: 'Table' }, rejects: { type: 'table', title: 'Rejects' } },
  params: z.strictObject({ path: z.string().min(1) }),
  effect: 'source',
  propagate: ({ probed }) => ({
    outputs: { table: asTable(probed?.['table']), rejects: asTable(probed?.['rejects']) },
  }),
})

const split = defineNode({
  ...about,
  id: 'features.split',
  title: 'Split',
  inputs: tableIn,
  outputs: tableOut,
  params: z.strictObject({
    test: z.number().min(0).lt(1).default(0.2),
    by: z.string().optional(),
    method: z.enum(['random', 'stratified', 'group']).default('random'),
  }),
  propagate: ({ inputs: { table }, params, node }) => ({
    outputs: { table: { ...table, split: ['train', 'test'], splitBy: node } },
    findings: unknownColumns({ table, names: params.by === undefined ? [] : [params.by], param: () => 'by' }),
  }),
})

/** Learns from train rows; params name columns; two old versions. */
const fit = defineNode({
  ...about,
  id: 'features.fit',
  title: 'Fit',
  version: 3,
  inputs: tableIn,
  outputs: tableOut,
  params: z.strictObject({ columns: columnNames, depth: z.int().min(1).max(9).default(2) }),
  learnsFrom: 'train-rows',
  propagate: ({ inputs: { table }, params }) => ({
    outputs: { table },
    findings: unknownColumns({ table, names: params.columns, param: (index) => `columns.${index}` }),
  }),
  upgrades: {
    1: ({ column, ...rest }) => ({ ...rest, columnList: [column] }),
    2: ({ columnList, ...rest }) => ({ ...rest, columns: columnList }),
  },
})

const means = defineNode({
  ...about,
  id: 'features.means',
  inputs: tableIn,
  outputs: tableOut,
  params: z.strictObject({}),
  learnsFrom: 'all-rows',
  propagate: ({ inputs: { table } }) => ({ outputs: { table } }),
})

const derive = defineNode({
  ...about,
  id: 'features.derive',
  inputs: tableIn,
  outputs: tableOut,
  params: z.strictObject({ name: z.string().default('made') }),
  propagate: ({ inputs: { table }, params }) => ({
    outputs: { table: { ...table, columns: [...table.columns, column(params.name)] } },
  }),
})

const setRoles = defineNode({
  ...about,
  id: 'features.set-roles',
  inputs: tableIn,
  outputs: tableOut,
  params: z.strictObject({
    target: z.string().optional(),
    ignore: columnNames,
    features: columnNames,
  }),
  propagate: ({ inputs: { table }, params }) => {
    const roleOf = ({ name, role }: Column): Role =>
      name === params.target
        ? 'target'
        : params.ignore.includes(name)
          ? 'ignore'
          : params.features.includes(name)
            ? 'feature'
            : role
    const columns = table.columns.map((each) => Object.assign({}, each, { role: roleOf(each) }))
    return { outputs: { table: { ...table, columns } } }
  },
})

const join = defineNode({
  ...about,
  id: 'features.join',
  inputs: {
    left: { type: 'table', title: 'Left' },
    right: { type: 'table', title: 'Right' },
    more: { type: 'table', title: 'More', many: true, optional: true },
  },
  outputs: tableOut,
  params: z.strictObject({}),
  propagate: ({ inputs: { left } }) => ({ outputs: { table: left } }),
})

const learner = defineNode({
  ...about,
  id: 'training.stub',
  title: 'Learner',
  inputs: tableIn,
  outputs: { model: { type: 'model', title: 'Model' } },
  params: z.object({
    rounds: z.int().default(10),
    rate: z.union([z.number(), z.literal('auto')]).default('auto'),
  }),
  learnsFrom: 'train-rows',
  propagate: ({ inputs: { table } }) => ({
    outputs: {
      model: {
        kind: 'model',
        task: null,
        target: table.columns.find(({ role }) => role === 'target')?.name ?? null,
      },
    },
    findings: [
      { code: 'not-split', severity: 'warning', message: 'No split.', remedy: 'Split.', port: 'table' },
    ],
  }),
})

const evaluate = defineNode({
  ...about,
  id: 'training.evaluate',
  inputs: {
    models: { type: 'model', title: 'Models', many: true },
    table: { type: 'table', title: 'Table', optional: true },
  },
  outputs: { report: { type: 'report', title: 'Report' } },
  params: z.strictObject({}),
  propagate: () => ({ outputs: { report: { kind: 'report' } } }),
})

const predict = defineNode({
  ...about,
  id: 'serving.predict',
  inputs: { ...tableIn, model: { type: 'model', title: 'Model' } },
  outputs: tableOut,
  params: z.strictObject({}),
  propagate: ({ inputs: { table } }) => ({ outputs: { table } }),
})

const sink = defineNode({
  ...about,
  id: 'serving.sink',
  inputs: tableIn,
  outputs: {},
  params: z.strictObject({}),
  effect: 'sink',
  propagate: () => ({ outputs: {} }),
})

const broken = defineNode({
  ...about,
  id: 'features.broken',
  inputs: tableIn,
  outputs: tableOut,
  params: z.strictObject({}),
  propagate: () => {
    throw new TypeError('cannot read this')
  },
})

const list: readonly AnyNodeDefinition[] = [
  source,
  split,
  fit,
  means,
  derive,
  setRoles,
  join,
  learner,
  evaluate,
  predict,
  sink,
  broken,
]
export const stubNodes: ReadonlyMap<string, AnyNodeDefinition> = new Map(list.map((each) => [each.id, each]))

const versions = new Map<string, number>(list.map(({ id, version }) => [id, version]))

/** `node('features.split', { test: 0.1 })` */
export const node = (
  type: string,
  params: PipelineNode['params'] = {},
  more: Partial<PipelineNode> = {},
): PipelineNode => ({
  type,
  version: versions.get(type) ?? 1,
  params,
  ...more,
})
export const file = node('ingestion.stub', { path: 'x.csv' })

/** `a.table -> b.table` may be written `a -> b`. */
export function pipelineOf(
  nodes: Record<string, PipelineNode>,
  edges: readonly string[],
  more: Partial<Pipeline> = {},
): Pipeline {
  const whole = (end: string) => (end.includes('.') ? end : `${end}.table`)
  return {
    format: 1,
    id: 'p',
    name: 'P',
    seed: 0,
    parameters: {},
    nodes,
    edges: edges.map((edge) => edge.split(' -> ').map(whole).join(' -> ')),
    layout: {},
    ...more,
  }
}

export const column = (name: string, role: Role = 'feature'): Column => ({
  name,
  type: 'number',
  role,
  origin: 'start',
})

export const tableOf = (...columns: (string | Column)[]): TableShape => ({
  kind: 'table',
  columns: columns.map((each) => (typeof each === 'string' ? column(each) : each)),
  split: null,
  known: true,
})
