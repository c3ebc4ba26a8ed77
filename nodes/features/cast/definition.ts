import { z } from 'zod'
import {
  columnNamed,
  columnTypes,
  isNumeric,
  type Column,
  type ColumnType,
  type TableShape,
} from '../../../src/core/columns.ts'
import type { TransformStep } from '../../../src/core/transforms/transform-step.ts'
import { unknownColumns } from '../../../src/node-kit/column-selection.ts'
import { defineNode } from '../../../src/node-kit/define-node.ts'
import { transformShape } from '../../../src/node-kit/transform-shape.ts'
import type { NodeFinding } from '../../../src/node-kit/propagation.ts'
import { customersCsv } from '../../example-tables.ts'

const params = z.strictObject({
  types: z
    .record(z.string(), z.enum(columnTypes).exclude(['vector']))
    .default({})
    .meta({ title: 'Types', description: 'The new type of each column.', widget: 'by-column' }),
  unreadable: z.enum(['fail', 'null']).default('fail').meta({
    title: 'Texts that do not fit',
    description: 'What happens to a text that cannot be read as the new type: fails, or becomes “no value”.',
  }),
})
export type CastNodeParams = z.output<typeof params>

export const cast = defineNode({
  id: 'features.cast',
  version: 1,
  title: 'Cast types',
  summary: 'Gives columns another type.',
  description:
    'A text column of the source is read again as the new type, with the null values and trimming of its reader; a ' +
    'model trained on it then takes the new type. Every other column is converted by the recipe: a number becomes ' +
    'an integer by rounding half to even, a boolean is true where a number is not 0, a time becomes a date by ' +
    'dropping its time of day, and dates as numbers are milliseconds since 1970, UTC.',
  keywords: ['convert', 'type', 'dtype', 'astype', 'parse', 'to number', 'to date', 'to text'],
  inputs: { table: { type: 'table', title: 'Table' } },
  outputs: { table: { type: 'table', title: 'Table', description: 'The same rows with the new types.' } },
  params,
  failures: {
    unreadable: {
      kind: 'user',
      message: '{count} values of “{column}” are no {type}; the first is “{value}” in row {row}.',
      remedy: 'Mend the values, choose another type, or let them become “no value”.',
    },
    'column-in-use': {
      kind: 'user',
      message: 'The text of “{column}” is already used by the step “{step}”.',
      remedy: 'Move this step before “{step}”.',
    },
  },
  examples: [
    {
      title: 'A number of months as text, and a price as whole euros',
      params: { types: { months: 'text', spend: 'integer' } },
      inputs: { table: { csv: customersCsv(12) } },
    },
    {
      title: 'Numbers that were written as text',
      params: { types: { size: 'number' }, unreadable: 'null' },
      inputs: { table: { csv: 'article,size\nA,12\nB,7.5\nC,large\nD,\n' } },
    },
  ],
  effect: 'pure',
  learnsFrom: 'nothing',
  propagate({ inputs: { table }, params }) {
    const { read, steps } = castsOf(table.columns, params)
    const columns = table.columns.map((column) => ({ ...column, type: read[column.name] ?? column.type }))
    const after = transformShape({ ...table, columns }, steps, () => 'types')
    return { outputs: { table: after.table }, findings: [...findingsOf(table, params), ...after.findings] }
  },
})

type Types = Record<string, Exclude<ColumnType, 'vector'>>

/** Which columns are read again from their text, and the steps of the recipe for the others that change. */
export function castsOf(
  columns: readonly Column[],
  { types }: CastNodeParams,
): { read: Types; steps: TransformStep[] } {
  const changed = columns.filter(({ name, type }) => types[name] !== undefined && types[name] !== type)
  const possible = changed.filter((column) => canCast(column, types[column.name]!))
  const read = possible.filter(({ type }) => type === 'text')
  const computed = Map.groupBy(
    possible.filter(({ type }) => type !== 'text'),
    ({ name }) => types[name]!,
  )
  return {
    read: Object.fromEntries(read.map(({ name }) => [name, types[name]!])),
    steps: [...computed].map(([to, group]) => ({
      transform: 'cast',
      params: { columns: group.map(({ name }) => name), to },
    })),
  }
}

function canCast(column: Column, type: ColumnType): boolean {
  if (column.type === type) return true
  if (column.type === 'text') return column.origin === 'start'
  if (type === 'text') return column.type === 'integer' || column.type === 'boolean'
  return isNumeric(column.type)
}

function findingsOf(table: TableShape, { types }: CastNodeParams): NodeFinding[] {
  if (!table.known) return []
  return Object.entries(types).flatMap(([name, type]) => {
    const param = `types.${name}`
    const column = columnNamed(table, name)
    if (!column) return unknownColumns({ table, names: [name], param: () => param })
    if (canCast(column, type)) return []
    return [
      {
        code: 'wrong-type',
        severity: 'error' as const,
        message: `“${name}” is a ${column.type} column and cannot become ${type} here.`,
        remedy: remedyFor(column, type),
        param,
      },
    ]
  })
}

function remedyFor(column: Column, type: ColumnType): string {
  if (column.type === 'text') return 'Cast the text column it was computed from, before that step.'
  if (type === 'text' && column.type === 'number')
    return 'Cast it to integer first, so that it is clear how it is written.'
  return 'Cast it before the step that makes it.'
}
