import { z } from 'zod'
import type { Column, TableShape } from '../../../src/core/columns.ts'
import { unknownColumns } from '../../../src/node-kit/column-selection.ts'
import { defineNode } from '../../../src/node-kit/define-node.ts'
import type { NodeFinding } from '../../../src/node-kit/propagation.ts'
import { customersCsv } from '../../example-tables.ts'
import { takenNames } from '../column-names.ts'

const params = z.strictObject({
  names: z.record(z.string(), z.string().min(1)).default({}).meta({
    title: 'Names',
    description:
      'For each column that gets another name, that name. Two columns may change names with each other.',
    widget: 'by-column',
  }),
})
export type RenameParams = z.output<typeof params>

export const rename = defineNode({
  id: 'features.rename',
  version: 1,
  title: 'Rename columns',
  summary: 'Gives columns other names.',
  description:
    'Roles, types and the order of the columns stay. No row is written: the new names are part of the recipe, so a ' +
    'model that is trained behind this step still takes the columns as the source calls them.',
  keywords: ['name', 'relabel', 'header', 'alias', 'column names'],
  inputs: { table: { type: 'table', title: 'Table' } },
  outputs: { table: { type: 'table', title: 'Table', description: 'The same rows with the new names.' } },
  params,
  failures: {},
  examples: [
    {
      title: 'Clearer names',
      params: { names: { months: 'tenure', spend: 'monthly spend' } },
      inputs: { table: { csv: customersCsv(20), roles: { churn: 'target' } } },
    },
    {
      title: 'Two columns that were confused',
      params: { names: { spend: 'calls', calls: 'spend' } },
      inputs: { table: { csv: customersCsv(20) } },
    },
  ],
  effect: 'pure',
  learnsFrom: 'nothing',
  propagate({ inputs: { table }, params }) {
    const columns = renamedColumns(table.columns, params)
    return { outputs: { table: { ...table, columns } }, findings: findingsOf(table, columns, params) }
  },
})

/** The new name of each column that is there and gets another one. */
export function newNames(columns: readonly Column[], { names }: RenameParams): Map<string, string> {
  const changed = Object.entries(names).filter(([from, to]) => from !== to)
  return new Map(changed.filter(([from]) => columns.some(({ name }) => name === from)))
}

/** The columns in their order, under their new names. */
export function renamedColumns(columns: readonly Column[], params: RenameParams): Column[] {
  const names = newNames(columns, params)
  return columns.map((column) => {
    const name = names.get(column.name)
    return name === undefined ? column : { ...column, name, origin: 'recipe' }
  })
}

function findingsOf(table: TableShape, renamed: readonly Column[], { names }: RenameParams): NodeFinding[] {
  const param = (name: string): string => `names.${name}`
  const asked = Object.keys(names)
  const unknown = unknownColumns({ table, names: asked, param: (index) => param(asked[index]!) })
  if (!table.known) return []
  const kept = renamed.filter((_, index) => !Object.hasOwn(names, table.columns[index]!.name))
  const given = asked.filter((name) => table.columns.some((column) => column.name === name))
  return [
    ...unknown,
    ...takenNames([
      ...kept.map(({ name }) => ({ name, param: undefined })),
      ...given.map((name) => ({ name: names[name]!, param: param(name) })),
    ]).filter((finding) => finding.param !== undefined),
  ]
}
