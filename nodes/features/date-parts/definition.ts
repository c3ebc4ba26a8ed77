import { z } from 'zod'
import type { Column } from '../../../src/core/columns.ts'
import { dateParts as parts } from '../../../src/core/transforms/date-parts-params.ts'
import type { TransformStep } from '../../../src/core/transforms/transform-step.ts'
import { chosenNames, emptyRule, placeInSelection } from '../../../src/node-kit/chosen-names.ts'
import { columnSelection } from '../../../src/node-kit/column-selection.ts'
import { defineNode } from '../../../src/node-kit/define-node.ts'
import { transformShape } from '../../../src/node-kit/transform-shape.ts'

const params = z.strictObject({
  columns: columnSelection.default({ type: 'date', except: [] }).meta({
    title: 'Columns',
    description: 'The dates that are taken apart. By rule, features alone.',
    widget: 'columns',
  }),
  parts: z
    .array(z.enum(parts))
    .default(['year', 'month', 'day', 'weekday', 'hour'])
    .meta({
      title: 'Parts',
      description:
        'What is taken out of them. Weekdays count from 1 for Monday, weeks as in ISO 8601. Dates without a time of day ' +
        'have no hour, minute and second.',
    }),
  cyclical: z
    .boolean()
    .default(false)
    .meta({
      title: 'On a circle',
      description:
        'A sine and a cosine for each part that comes round again, so that December lies beside January: ' +
        '“day_month_sin” and “day_month_cos” for “day”. Useful for linear models.',
    }),
  since: z.string().nullable().default(null).meta({
    title: 'Days since',
    description:
      'A date: adds how many days have passed since then, as “day_days” for “day”. No such column where left empty.',
  }),
  keep: z.boolean().default(false).meta({
    title: 'Keep the date',
    description: 'Whether the date itself stays among the columns.',
  }),
})
export type DatePartsNodeParams = z.output<typeof params>

export const dateParts = defineNode({
  id: 'features.date-parts',
  version: 1,
  title: 'Take dates apart',
  summary: 'Makes columns of year, month, weekday, hour and other parts of dates.',
  description:
    'Everything is UTC in the Gregorian calendar. The columns are called after the date and the part: “day_month” for ' +
    '“day”. A missing date has missing parts. Each row is computed by itself, so this step may stand before or after a ' +
    'split; a model that is trained on the table takes the date.',
  keywords: [
    'datetime',
    'calendar',
    'day of week',
    'seasonality',
    'cyclical encoding',
    'timestamp',
    'weekend',
    'iso week',
  ],
  inputs: { table: { type: 'table', title: 'Table' } },
  outputs: {
    table: { type: 'table', title: 'Table', description: 'The same rows with the parts of the dates.' },
  },
  params,
  failures: {},
  examples: [
    {
      title: 'Year, month, day and weekday of sales',
      params: {},
      inputs: { table: { csv: 'day,sales\n2026-03-02,12\n2026-03-07,31\n,4\n' } },
    },
    {
      title: 'Months and hours on a circle, and the age of a ride',
      params: {
        columns: ['start'],
        parts: ['month', 'hour'],
        cyclical: true,
        since: '2026-01-01',
        keep: true,
      },
      inputs: { table: { csv: 'start\n2026-03-02T08:15:00Z\n2026-12-31T23:59:59Z\n' } },
    },
  ],
  effect: 'pure',
  learnsFrom: 'nothing',
  propagate({ inputs: { table }, params }) {
    const { names, steps } = datePartsSteps(table, params)
    const after = transformShape(table, steps, placeInSelection(params.columns, steps))
    return {
      outputs: { table: after.table },
      findings: [...emptyRule(table, params.columns, names), ...after.findings],
    }
  },
})

/** The columns that are taken apart here, and the step of the recipe, if there are any. */
export function datePartsSteps(
  table: { columns: readonly Column[] },
  { columns, parts, cyclical, since, keep }: DatePartsNodeParams,
): { names: readonly string[]; steps: TransformStep[] } {
  const names = chosenNames(table, columns, ({ type }) => type === 'date' || type === 'datetime')
  if (names.length === 0) return { names, steps: [] }
  const params = { columns: [...names], parts: [...parts], cyclical, ...(since !== null && { since }), keep }
  return { names, steps: [{ transform: 'date-parts', params }] }
}
