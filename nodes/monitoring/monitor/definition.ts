import { z } from 'zod'
import { alertRuleSchema, defaultAlertRules } from '../../../src/core/alert-rule.ts'
import { PipewrightError } from '../../../src/core/errors.ts'
import { parseExpression } from '../../../src/core/expression/parse-expression.ts'
import { qualityMetrics } from '../../../src/core/monitor-metrics.ts'
import { businessMetricSchema, monitorMethods } from '../../../src/core/monitor.ts'
import { defineNode } from '../../../src/node-kit/define-node.ts'
import type { NodeFinding } from '../../../src/node-kit/propagation.ts'

const columnLimit = z.strictObject({
  column: z
    .string()
    .min(1, 'Name a column.')
    .meta({ title: 'Column', description: 'A column of the requests.' }),
  method: z.enum(monitorMethods).default('auto').meta({
    title: 'Method',
    description: 'How it is compared. Auto: by its type, the number of its values and of training rows.',
  }),
  limit: z.number().positive().optional().meta({
    title: 'Limit',
    description:
      'A distance from which on it has drifted; of a test the p-value below which it has. 0.1 and 0.05 when left empty.',
  }),
})

const params = z.strictObject({
  deployment: z
    .string()
    .regex(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/, 'Small letters, digits and “-”, at most 63.')
    .meta({ title: 'Endpoint', description: 'The name of the endpoint that is watched.' }),
  isOn: z.boolean().default(true).meta({ title: 'On', description: 'Off: it is not watched.' }),
  windowBy: z.enum(['rows', 'time']).default('rows').meta({
    title: 'Windows by',
    description: 'What is measured together: equally many rows of a version, or equally long spans of time.',
  }),
  rows: z.int().min(50).max(100_000).default(1_000).meta({
    title: 'Rows of a window',
    description: 'With fewer rows there is more chance in what is measured, with more it is told later.',
    unit: 'rows',
  }),
  minutes: z.int().min(1).max(10_080).default(60).meta({
    title: 'Length of a window',
    description: 'Where windows go by time.',
    unit: 'minutes',
  }),
  ignored: z.array(z.string()).default([]).meta({
    title: 'Columns left out',
    description:
      'Columns that are not watched. Dates and times, and texts with too many values, are left out anyway.',
  }),
  columns: z.array(columnLimit).default([]).meta({
    title: 'Columns of their own',
    description: 'Columns that are compared by another method or held to another limit than is usual.',
  }),
  adjust: z.boolean().default(false).meta({
    title: 'Correct for many columns',
    description:
      'Where columns are compared by tests: raises p-values by the rule of Benjamini and Hochberg.',
  }),
  share: z.number().gt(0).max(1).default(0.5).meta({
    title: 'Share of columns',
    description: 'A window as a whole has drifted when at least this share of the columns has.',
    widget: 'slider',
  }),
  segments: z.array(z.string()).max(5).default([]).meta({
    title: 'Segments',
    description: 'Columns by whose values everything is measured once more.',
  }),
  metrics: z.array(z.enum(qualityMetrics)).default([]).meta({
    title: 'Metrics of quality',
    description: 'Measured once labels come. Those that are usual for the kind of answers when left empty.',
  }),
  margin: z
    .number()
    .min(0)
    .max(1)
    .default(0.03)
    .meta({
      title: 'Margin',
      description:
        'Quality has dropped when it is worse than on the held-out rows by more than this: 0.03 are three points, or an ' +
        'error that grew by 3 %.',
      unit: 'share',
    }),
  business: z
    .array(businessMetricSchema)
    .max(50)
    .default([])
    .meta({
      title: 'Business metrics',
      description:
        'Numbers of your own, by an expression over the columns, “answer” and “probability”, and, of rows that something was ' +
        'said about, “label” and “score”.',
    }),
  rules: z
    .array(alertRuleSchema)
    .max(200)
    .default([...defaultAlertRules])
    .meta({
      title: 'Alert rules',
      description: 'When somebody is told. Those that suit most endpoints when left as they are.',
    }),
})
export type MonitorParams = z.output<typeof params>

export const monitor = defineNode({
  id: 'monitoring.monitor',
  version: 1,
  title: 'Monitor',
  summary: 'Says what is watched of an endpoint, and when somebody is told.',
  description:
    'Every endpoint is watched without any set-up: drift of its columns and answers against the rows that its model was ' +
    'trained on, missing and new values, quality once labels come, errors and latency. This step wishes for something else: ' +
    'other windows, columns, segments, business metrics, alert rules. A run writes it down, whether the endpoint is there ' +
    'yet or not; a monitor that is so already is not touched.\n\n' +
    'Connect “Register model”, so that it waits for it. What somebody changed by hand in between is wished for again as it ' +
    'stands here at the next run.',
  keywords: ['monitoring', 'observability', 'data drift', 'alert', 'quality', 'live', 'production', 'kpi'],
  inputs: {
    model: {
      type: 'model',
      title: 'Model',
      optional: true,
      description: 'What is waited for; which endpoint is watched is named.',
    },
  },
  outputs: {},
  params,
  failures: {},
  examples: [
    {
      title: 'Smaller windows, by contract',
      params: { deployment: 'churn', rows: 500, segments: ['Contract'] },
      inputs: {},
    },
    {
      title: 'Revenue at risk by the hour',
      params: {
        deployment: 'churn',
        windowBy: 'time',
        business: [
          {
            name: 'revenue-at-risk',
            expression: "if(answer = 'Yes', MonthlyCharges, 0)",
            aggregate: 'sum',
            unit: '€',
            most: 20_000,
          },
        ],
      },
      inputs: {},
    },
  ],
  effect: 'sink',
  learnsFrom: 'nothing',
  propagate: ({ params: { business } }) => ({ outputs: {}, findings: business.flatMap(expressionFindings) }),
})

function expressionFindings(
  { name, expression }: MonitorParams['business'][number],
  index: number,
): NodeFinding[] {
  try {
    parseExpression(expression)
    return []
  } catch (error) {
    if (!(error instanceof PipewrightError)) throw error
    return [
      {
        code: 'bad-expression',
        severity: 'error',
        message: `The expression of “${name}” cannot be read: ${error.message}`,
        remedy: error.remedy,
        param: `business.${index}.expression`,
      },
    ]
  }
}
