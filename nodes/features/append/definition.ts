import { z } from 'zod'
import { columnNamed, type Column, type ColumnType, type TableShape } from '../../../src/core/columns.ts'
import { defineNode } from '../../../src/node-kit/define-node.ts'
import type { NodeFinding } from '../../../src/node-kit/propagation.ts'

const params = z.strictObject({
  columns: z
    .enum(['same', 'all', 'shared'])
    .default('same')
    .meta({
      title: 'Columns',
      description:
        'Same: every table has the same columns. All: a column that a table lacks has no values there. Shared: only ' +
        'columns that every table has.',
    }),
  sourceColumn: z.string().default('').meta({
    title: 'Source column',
    description: 'Name of a text column that says which table a row came from; none when left empty.',
  }),
  labels: z
    .array(z.string())
    .default([])
    .meta({
      title: 'Source labels',
      description:
        'What the source column says for each table, in the order of the connections; the name of the step that ' +
        'feeds it where there is no label.',
    }),
})
export type AppendParams = z.output<typeof params>

export const append = defineNode({
  id: 'features.append',
  version: 1,
  title: 'Append tables',
  summary: 'Puts the rows of several tables under one another.',
  description:
    'The rows come out in the order of the connections. Columns are matched by name; integers and numbers become ' +
    'numbers. Roles and reader rules are those of the first table that has the column. Columns that were computed ' +
    'by a recipe are written out, so the table starts a new recipe here: a model trained on it takes these columns ' +
    'as its input.\n\n' +
    'A source column keeps track of where a row came from. With it, *Split* can use one file to train and another ' +
    'to test.',
  keywords: [
    'concatenate',
    'concat',
    'union',
    'union all',
    'stack',
    'combine',
    'merge rows',
    'bind rows',
    'rbind',
  ],
  inputs: { tables: { type: 'table', title: 'Tables', many: true } },
  outputs: { table: { type: 'table', title: 'Table', description: 'The rows of all tables.' } },
  params,
  failures: {},
  examples: [
    {
      title: 'A file to train and a file to test',
      params: { sourceColumn: 'source', labels: ['train', 'test'] },
      inputs: { tables: [{ csv: 'age,income\n39,low\n50,high\n' }, { csv: 'age,income\n28,low\n' }] },
    },
    {
      title: 'Months with columns that came later',
      params: { columns: 'all' },
      inputs: { tables: [{ csv: 'shop,sales\nJena,12\n' }, { csv: 'shop,sales,visitors\nJena,14.5,310\n' }] },
    },
  ],
  effect: 'pure',
  learnsFrom: 'nothing',
  propagate({ inputs: { tables }, params }) {
    const known = tables.every((table) => table.known)
    const parts = tables.every((table) => table.split !== null) ? mergedSplit(tables) : null
    return {
      outputs: {
        table: { kind: 'table', columns: known ? appendedColumns(tables, params) : [], split: parts, known },
      },
      findings: known ? findingsOf(tables, params) : [],
    }
  },
})

type WithColumns = { columns: readonly Column[] }

/** The columns of the outcome: those of the first table, then what later ones add. */
export function appendedColumns(tables: readonly WithColumns[], params: AppendParams): Column[] {
  const names = [...new Set(tables.flatMap((table) => table.columns.map((column) => column.name)))]
  const kept =
    params.columns === 'shared'
      ? names.filter((name) => tables.every((table) => columnNamed(table, name)))
      : names
  const columns = kept.map((name): Column => {
    const found = tables.flatMap((table) => columnNamed(table, name) ?? [])
    const type = found.map((column) => column.type).reduce((a, b) => commonType(a, b) ?? a)
    return { name, type, role: found[0]!.role, origin: 'start' }
  })
  if (params.sourceColumn === '') return columns
  return [...columns, { name: params.sourceColumn, type: 'text', role: 'ignore', origin: 'start' }]
}

function commonType(a: ColumnType, b: ColumnType): ColumnType | undefined {
  if (a === b) return a
  const pair = new Set([a, b])
  if (pair.has('number') && pair.has('integer')) return 'number'
  return pair.has('date') && pair.has('datetime') ? 'datetime' : undefined
}

function mergedSplit(tables: readonly TableShape[]): TableShape['split'] {
  return (['train', 'validation', 'test'] as const).filter((part) =>
    tables.some((table) => table.split?.includes(part)),
  )
}

function findingsOf(tables: readonly TableShape[], params: AppendParams): NodeFinding[] {
  return [
    ...(params.columns === 'same' ? missingColumns(tables) : []),
    ...typeConflicts(tables),
    ...vectors(tables),
    ...mixedSplits(tables),
    ...sourceNameTaken(tables, params),
  ]
}

function missingColumns(tables: readonly TableShape[]): NodeFinding[] {
  const names = new Set(tables.flatMap((table) => table.columns.map((column) => column.name)))
  return tables.flatMap((table, index) => {
    const missing = [...names].filter((name) => !columnNamed(table, name))
    if (missing.length === 0) return []
    return [
      {
        code: 'column-mismatch',
        severity: 'error' as const,
        message: `Table ${index + 1} lacks ${missing.map((name) => `“${name}”`).join(', ')}.`,
        remedy: 'Choose all or only shared columns, or bring the tables into the same form first.',
        param: 'columns',
      },
    ]
  })
}

function typeConflicts(tables: readonly TableShape[]): NodeFinding[] {
  const first = tables[0]?.columns ?? []
  return first.flatMap((column) => {
    const other = tables
      .flatMap((table) => columnNamed(table, column.name) ?? [])
      .find(({ type }) => commonType(column.type, type) === undefined)
    if (!other) return []
    return [
      {
        code: 'wrong-type',
        severity: 'error' as const,
        message: `“${column.name}” is ${column.type} in one table and ${other.type} in another.`,
        remedy: 'Give it one type, where the files are read or with “Cast types”.',
        port: 'tables',
      },
    ]
  })
}

function vectors(tables: readonly TableShape[]): NodeFinding[] {
  const found = tables.flatMap((table) => table.columns).find((column) => column.type === 'vector')
  if (!found) return []
  return [
    {
      code: 'wrong-type',
      severity: 'error',
      message: `“${found.name}” is encoded; encoded columns of two tables need not mean the same.`,
      remedy: 'Append the tables first, and encode afterwards.',
      port: 'tables',
    },
  ]
}

function mixedSplits(tables: readonly TableShape[]): NodeFinding[] {
  const split = tables.filter((table) => table.split !== null).length
  if (split === 0 || split === tables.length) return []
  return [
    {
      code: 'mixed-split',
      severity: 'error',
      message: 'Some of the tables are split and some are not, so the outcome would be neither.',
      remedy: 'Append the tables first, and split afterwards.',
      port: 'tables',
    },
  ]
}

function sourceNameTaken(tables: readonly TableShape[], { sourceColumn }: AppendParams): NodeFinding[] {
  if (!tables.some((table) => columnNamed(table, sourceColumn))) return []
  return [
    {
      code: 'name-taken',
      severity: 'error',
      message: `The tables already have a column “${sourceColumn}”.`,
      remedy: 'Choose another name for the source column.',
      param: 'sourceColumn',
    },
  ]
}
