import { z } from 'zod'
import { categoryMethods, driftMethods, numberMethods } from '../../../src/core/drift-methods.ts'

const rows = z.enum(['all', 'train', 'validation', 'test'])

const overrideMethods = driftMethods.filter((method) => method !== 'two-proportions')

export const params = z.strictObject({
  model: z
    .string()
    .default('')
    .meta({
      title: 'Registered model',
      description:
        'Whose training rows are the reference when none is connected: “churn” for the latest version, “churn@champion”, or ' +
        '“churn:3”.',
      widget: 'registered-model',
    }),
  columns: z.array(z.string()).default([]).meta({
    title: 'Columns',
    description:
      'The columns that are watched; when left empty all that both tables have, but for ids and ignored ones.',
    widget: 'columns',
  }),
  referenceRows: rows.default('all').meta({
    title: 'Rows of the reference',
    description: 'Which rows of the reference count: its train rows are what a model has learned from.',
  }),
  currentRows: rows.default('all').meta({
    title: 'Current rows',
    description: 'Which rows of the current table count.',
  }),
  numberMethod: z
    .enum(['auto', ...numberMethods])
    .default('auto')
    .meta({
      title: 'Method for numbers',
      description:
        'Auto: Kolmogorov–Smirnov up to 1,000 reference rows, beyond that the Wasserstein distance in standard deviations; ' +
        'numbers with at most five values are counted as categories.',
    }),
  categoryMethod: z
    .enum(['auto', ...categoryMethods])
    .default('auto')
    .meta({
      title: 'Method for categories',
      description:
        'Auto: chi-square (of two values: two proportions) up to 1,000 reference rows, beyond that the Jensen–Shannon ' +
        'distance.',
    }),
  significance: z.number().gt(0).lt(1).default(0.05).meta({
    title: 'Significance',
    description: 'Tests: a column has drifted when its p-value is smaller.',
  }),
  distanceLimit: z
    .number()
    .positive()
    .default(0.1)
    .meta({
      title: 'Distance',
      description:
        'Distances: a column has drifted when it is at least so far away, unless rows are so few that chance does the same ' +
        'more often than once in a thousand times.',
    }),
  overrides: z
    .array(
      z.strictObject({
        column: z.string().meta({ title: 'Column', description: 'Which column.', widget: 'column' }),
        method: z
          .enum(['auto', ...overrideMethods])
          .default('auto')
          .meta({
            title: 'Method',
            description: 'How its drift is measured; Auto: as that of others of its type.',
          }),
        limit: z.number().positive().nullable().default(null).meta({
          title: 'Limit',
          description: 'The significance of a test, or the distance from which on it has drifted.',
        }),
      }),
    )
    .max(500)
    .default([])
    .meta({
      title: 'Columns with rules of their own',
      description: 'A method or a limit for single columns, where those of the others do not suit.',
    }),
  also: z.array(z.enum(overrideMethods)).default([]).meta({
    title: 'Further methods',
    description: 'Measured besides and shown in the report, where they suit the column; they judge nothing.',
  }),
  together: z
    .boolean()
    .default(false)
    .meta({
      title: 'All columns together',
      description:
        'Trees try to tell current rows from those of the reference: they also see that columns no longer go together as they ' +
        'did. Times and columns that name rows are left out. Takes rows of a reference table, up to 10,000 of each side.',
    }),
  adjust: z
    .boolean()
    .default(false)
    .meta({
      title: 'Correct for many columns',
      description:
        'Tests: raises p-values by the rule of Benjamini and Hochberg, so that of the columns said to have drifted few are ' +
        'false alarms, however many are watched.',
    }),
  share: z.number().gt(0).max(1).default(0.5).meta({
    title: 'Share of columns',
    description: 'The table as a whole has drifted when at least this share of the columns has.',
    widget: 'slider',
  }),
  severity: z.enum(['report', 'warning', 'error']).default('warning').meta({
    title: 'Severity',
    description:
      'When the table as a whole has drifted: report it only, warn, or fail the step and keep the report.',
  }),
})
export type DriftParams = z.output<typeof params>
