import { z } from 'zod'

export const column = z
  .string()
  .min(1)
  .meta({ title: 'Column', description: 'The column that is looked at.', widget: 'column' })
export const severity = z.enum(['error', 'warning']).default('error').meta({
  title: 'Severity',
  description: 'An error fails the step and keeps its report, a warning only reports.',
})
export const mostly = z.number().min(0).max(1).default(1).meta({
  title: 'Mostly',
  description: 'The share of values that must be as expected; missing values do not count.',
  widget: 'slider',
  unit: 'share',
})
const bound = z.number().optional()
export const minimum = bound.meta({
  title: 'Minimum',
  description: 'The lowest that is expected; none when left empty.',
})
export const maximum = bound.meta({
  title: 'Maximum',
  description: 'The highest that is expected; none when left empty.',
})
const count = z.int().min(0).optional()
export const fewest = count.meta({
  title: 'Minimum',
  description: 'The fewest that are expected; none when left empty.',
})
export const most = count.meta({
  title: 'Maximum',
  description: 'The most that are expected; none when left empty.',
})
export const strict = z.boolean().default(false)
export const scalar = z.union([z.string(), z.number(), z.boolean()])

export const rowCondition = z.string().min(1).optional().meta({
  title: 'Row condition',
  description: 'An expression; only rows for which it is true are looked at. All when left empty.',
  widget: 'expression',
})

/** What every expectation about rows has. */
export const ofRows = { mostly, row_condition: rowCondition, severity }

/** An expectation about each value of a column. */
export const ofValues = <const Name extends string, Fields extends z.ZodRawShape>(
  name: Name,
  title: string,
  fields: Fields,
) => z.strictObject({ expectation: z.literal(name), column, ...fields, ...ofRows }).meta({ title })

/** An expectation about a number that sums a column up. */
export const ofColumn = <const Name extends string>(name: Name, title: string) =>
  z
    .strictObject({
      expectation: z.literal(name),
      column,
      min_value: minimum,
      max_value: maximum,
      strict_min: strict.meta({
        title: 'Above the minimum',
        description: 'The minimum itself is not expected.',
      }),
      strict_max: strict.meta({
        title: 'Below the maximum',
        description: 'The maximum itself is not expected.',
      }),
      row_condition: rowCondition,
      severity,
    })
    .meta({ title })
