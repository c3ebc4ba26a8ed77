import { z } from 'zod'
import { isNumeric, type Column, type ColumnType, type TableShape } from '../../../src/core/columns.ts'
import { columnSelection, selectColumns, unknownColumns } from '../../../src/node-kit/column-selection.ts'
import { defineNode } from '../../../src/node-kit/define-node.ts'
import type { NodeFinding } from '../../../src/node-kit/propagation.ts'
import { encodedColumns, repeatedNames, startedHere, takenNames } from '../column-names.ts'

const params = z.strictObject({
  columns: columnSelection.default({ type: 'numeric', except: [] }).meta({
    title: 'Columns',
    description: 'The columns whose values go under one another; the others are repeated beside them.',
    widget: 'columns',
  }),
  nameColumn: z.string().min(1).default('variable').meta({
    title: 'Name column',
    description: 'Name of the text column that says which column a value comes from.',
  }),
  valueColumn: z.string().min(1).default('value').meta({
    title: 'Value column',
    description: 'Name of the column that holds the values.',
  }),
  missing: z.enum(['keep', 'drop']).default('keep').meta({
    title: 'Missing values',
    description: 'Whether a missing value makes a row too.',
  }),
})
export type UnpivotParams = z.output<typeof params>

const sales = 'shop,2024,2025,2026\nJena,12,14.5,11\nGera,9,,7\n'

export const unpivot = defineNode({
  id: 'features.unpivot',
  version: 1,
  title: 'Unpivot columns',
  summary: 'Turns columns into rows: a row for each value, with the name of its column.',
  description:
    'Each row becomes as many rows as there are columns to be unpivoted, one after the other in the order of the ' +
    'columns. The columns need one type; integers and numbers become numbers, dates and times become times. Each row ' +
    'stays in its part of a split. The table starts a new recipe here: a model that is trained on it takes the long form ' +
    'as its input.',
  keywords: ['melt', 'wide to long', 'stack', 'gather', 'reshape', 'transpose'],
  inputs: { table: { type: 'table', title: 'Table' } },
  outputs: { table: { type: 'table', title: 'Table', description: 'A row for each value.' } },
  params,
  failures: {},
  examples: [
    {
      title: 'Years under one another',
      params: { columns: ['2024', '2025', '2026'], nameColumn: 'year', valueColumn: 'sales' },
      inputs: { table: { csv: sales } },
    },
    {
      title: 'All numbers that are there, after a split',
      params: { missing: 'drop' },
      inputs: { table: { csv: sales, split: ['train', 'test'], roles: { shop: 'id' } } },
    },
  ],
  effect: 'pure',
  learnsFrom: 'nothing',
  propagate({ inputs: { table }, params }) {
    return {
      outputs: { table: { ...table, columns: unpivotedColumns(table, params) } },
      findings: table.known ? findingsOf(table, params) : [],
    }
  },
})

/** The columns that are repeated, then the name and the value of the others. */
export function unpivotedColumns(table: { columns: readonly Column[] }, params: UnpivotParams): Column[] {
  const chosen = selectColumns(table, params.columns)
  const kept = table.columns.filter((column) => !chosen.includes(column)).map(startedHere)
  const type = chosen.map((column) => column.type).reduce((a, b) => commonType(a, b) ?? a, chosen[0]?.type)
  return [
    ...kept,
    { name: params.nameColumn, type: 'text', role: 'feature', origin: 'start' },
    { name: params.valueColumn, type: type ?? 'number', role: 'feature', origin: 'start' },
  ]
}

function commonType(a: ColumnType | undefined, b: ColumnType): ColumnType | undefined {
  if (a === undefined || a === b) return b
  const pair = new Set([a, b])
  if (pair.has('date') && pair.has('datetime')) return 'datetime'
  if (pair.has('date') || pair.has('datetime')) return undefined
  return isNumeric(a) && isNumeric(b) && !pair.has('boolean') ? 'number' : undefined
}

function findingsOf(table: TableShape, params: UnpivotParams): NodeFinding[] {
  const { columns: selection } = params
  const names = Array.isArray(selection) ? selection : []
  const param = (index: number): string => `columns.${index}`
  const given = [
    ...unknownColumns({ table, names, param }),
    ...repeatedNames(names, param),
    ...encodedColumns(table, 'table'),
  ]
  if (given.length > 0) return given
  const chosen = selectColumns(table, selection)
  if (chosen.length === 0) return [nothingChosen()]
  const columns = unpivotedColumns(table, params)
  return [...differentTypes(chosen), ...namesTaken(columns)]
}

function nothingChosen(): NodeFinding {
  return {
    code: 'no-columns',
    severity: 'error',
    message: 'No column of the table is to be unpivoted.',
    remedy: 'Choose the columns whose values go under one another.',
    param: 'columns',
  }
}

function differentTypes(chosen: readonly Column[]): NodeFinding[] {
  let type: ColumnType | undefined
  for (const column of chosen) {
    const common = commonType(type, column.type)
    if (common === undefined) {
      return [
        {
          code: 'wrong-type',
          severity: 'error',
          message: `“${chosen[0]!.name}” is ${chosen[0]!.type} and “${column.name}” is ${column.type}: one column cannot hold both.`,
          remedy: 'Choose columns of one type, or cast them first.',
          param: 'columns',
        },
      ]
    }
    type = common
  }
  return []
}

function namesTaken(columns: readonly Column[]): NodeFinding[] {
  const places = columns.map(({ name }, index) => {
    const fromEnd = columns.length - index
    return { name, param: fromEnd === 1 ? 'valueColumn' : fromEnd === 2 ? 'nameColumn' : undefined }
  })
  return takenNames(places).filter(({ param }) => param !== undefined)
}
