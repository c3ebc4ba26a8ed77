import { z } from 'zod'
import type { MadeColumn } from '../../../src/core/transforms/transform-columns.ts'
import type { TransformStep } from '../../../src/core/transforms/transform-step.ts'
import type { TableShape } from '../../../src/core/columns.ts'
import { defineNode } from '../../../src/node-kit/define-node.ts'
import type { NodeFinding } from '../../../src/node-kit/propagation.ts'
import { transformShape } from '../../../src/node-kit/transform-shape.ts'
import { customersCsv } from '../../example-tables.ts'

const params = z.strictObject({
  columns: z
    .array(
      z.strictObject({
        name: z.string().min(1).meta({
          title: 'Name',
          description: 'Name of the column; the name of one that is there replaces it.',
        }),
        expression: z.string().min(1).meta({
          title: 'Expression',
          description: 'How it is computed from the other columns of the row.',
          widget: 'expression',
        }),
      }),
    )
    .default([])
    .meta({
      title: 'Columns',
      description: 'What is computed, in order: a later column may use an earlier one.',
    }),
})
export type DeriveNodeParams = z.output<typeof params>

export const derive = defineNode({
  id: 'features.derive',
  version: 1,
  title: 'Derive columns',
  summary: 'Computes new columns from the others of the same row.',
  description:
    'Expressions name columns as they are called (“"monthly fee" * months” where a name has spaces). They see one ' +
    'row at a time, so this step may stand before or after a split. What is computed becomes part of every model ' +
    'that is trained on the table: a request sends the columns that the expression starts from.',
  keywords: ['formula', 'calculate', 'compute', 'feature engineering', 'new column', 'mutate', 'expression'],
  inputs: { table: { type: 'table', title: 'Table' } },
  outputs: { table: { type: 'table', title: 'Table', description: 'The same rows with the new columns.' } },
  params,
  failures: {},
  examples: [
    {
      title: 'Spend over the whole time, and whether it is much',
      params: {
        columns: [
          { name: 'total', expression: 'spend * months' },
          { name: 'much', expression: 'total > 1000' },
        ],
      },
      inputs: { table: { csv: customersCsv(20) } },
    },
    {
      title: 'What a text says, and when',
      params: {
        columns: [
          { name: 'urban', expression: "contains(town, 'stadt')" },
          { name: 'weekday', expression: 'weekday(day)' },
        ],
      },
      inputs: { table: { csv: 'town,day\nRudolstadt,2026-03-02\nJena,2026-03-07\n' } },
    },
  ],
  effect: 'pure',
  learnsFrom: 'nothing',
  propagate({ inputs: { table }, params }) {
    const after = transformShape(
      table,
      deriveSteps(params),
      ({ param }, step) => `columns.${step}.${param === 'column' ? 'name' : param}`,
    )
    return { outputs: { table: after.table }, findings: [...after.findings, ...leaks(table, after.made)] }
  },
})

/** The steps of the recipe: one for each column. */
export function deriveSteps({ columns }: DeriveNodeParams): TransformStep[] {
  return columns.map(({ name, expression }) => ({
    transform: 'derive',
    params: { column: name, expression },
  }))
}

/** Columns that the target has gone into, directly or by way of another one made here. */
function leaks(table: TableShape, made: readonly (readonly MadeColumn[])[]): NodeFinding[] {
  const target = table.columns.find((column) => column.role === 'target')?.name
  if (target === undefined) return []
  const tellers = new Set([target])
  return made.flatMap((columns, index) =>
    columns.flatMap(({ column, from }) => {
      if (!from.some((name) => tellers.has(name))) return []
      tellers.add(column.name)
      return column.role === 'feature' ? [leak(column.name, target, index)] : []
    }),
  )
}

const leak = (name: string, target: string, index: number): NodeFinding => ({
  code: 'target-as-feature',
  severity: 'error',
  message: `“${name}” is computed from the target “${target}”, so it gives the answer away.`,
  remedy: 'Leave the target out of the expression, or derive the column before the target is set.',
  param: `columns.${index}.expression`,
})
