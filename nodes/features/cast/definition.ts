import { z } from 'zod'
import { columnTypes, type Column, type ColumnType } from '../../../src/core/columns.ts'
import type { TransformStep } from '../../../src/core/transforms/transform-step.ts'
import { defineNode } from '../../../src/node-kit/define-node.ts'
import { transformShape } from '../../../src/node-kit/transform-shape.ts'
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
    'model trained on it then takes the new type. Every other column is converted by the model itself: a number ' +
    'becomes an integer by rounding half to even, a number is true where it is not 0, a date with time becomes a ' +
    'date at midnight UTC, and dates as numbers are milliseconds since 1970.',
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
    const columns = table.columns.map(({ name, type, ...rest }) => ({
      name,
      ...rest,
      type: read[name] ?? type,
    }))
    const after = transformShape({ ...table, columns }, steps, ({ param }, step) => {
      const index = Number(param.replace('columns.', ''))
      return `types.${steps[step]!.params.columns[index]}`
    })
    return { outputs: { table: after.table }, findings: after.findings }
  },
})

type StoredType = Exclude<ColumnType, 'vector'>
type CastStep = Extract<TransformStep, { transform: 'cast' }>

/** Which columns are read again from their text, and the steps of the recipe for all others. */
export function castsOf(
  columns: readonly Column[],
  { types }: CastNodeParams,
): { read: Readonly<Record<string, StoredType>>; steps: CastStep[] } {
  const read: Record<string, StoredType> = {}
  const computed: [name: string, type: StoredType][] = []
  for (const [name, type] of Object.entries(types)) {
    const column = columns.find((candidate) => candidate.name === name)
    if (column?.type === 'text' && column.origin === 'start') read[name] = type
    else if (column?.type !== type) computed.push([name, type])
  }
  const byType = Map.groupBy(computed, ([, type]) => type)
  const steps = [...byType].map(([to, group]): CastStep => ({
    transform: 'cast',
    params: { columns: group.map(([name]) => name), to },
  }))
  return { read, steps }
}
