import { z } from 'zod'

/** What becomes of times that passed while nobody was there to start anything. */
export const catchUpRules = ['none', 'last', 'all'] as const

const cron = z.strictObject({
  kind: z.literal('cron'),
  expression: z
    .string()
    .min(1)
    .max(200)
    .meta({ description: 'Minute, hour, day of month, month and day of week: “0 6 * * MON-FRI”' }),
  timeZone: z.string().min(1).max(64).default('UTC').meta({ description: 'Such as “Europe/Berlin”' }),
})
const interval = z.strictObject({
  kind: z.literal('interval'),
  minutes: z.number().positive().max(525_600),
})
const file = z.strictObject({
  kind: z.literal('file'),
  folder: z.string().min(1).meta({ description: 'Relative to the pipeline file' }),
  pattern: z
    .string()
    .min(1)
    .max(200)
    .default('*')
    .meta({ description: 'Which names count: “*.csv”; each file starts a run, and so does a change of it' }),
  parameter: z
    .string()
    .exactOptional()
    .meta({ description: 'The parameter of the pipeline that is given the path of the file' }),
})
const webhook = z.strictObject({
  kind: z.literal('webhook'),
})
const otherPipeline = z.strictObject({
  kind: z.literal('pipeline'),
  path: z.string().min(1).meta({ description: 'Another pipeline file, relative to this one' }),
  when: z.enum(['done', 'failed', 'ended']).default('done').meta({ description: 'How its run has ended' }),
})

/** What starts a run. */
export const triggerSchema = z.discriminatedUnion('kind', [cron, interval, file, webhook, otherPipeline])
export type Trigger = z.infer<typeof triggerSchema>

/** One reason for which a pipeline runs by itself, as its file says it. Whether it is on is kept beside the file. */
export const scheduleSchema = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/, 'Small letters, digits and “-”, at most 63.'),
  trigger: triggerSchema,
  catchUp: z.enum(catchUpRules).default('last').meta({
    description:
      'Of what fell due while nothing was there to start it: nothing is made up for, the last one alone, or all',
  }),
  parameters: z
    .record(z.string().min(1), z.string())
    .default({})
    .meta({ description: 'Values of the pipeline’s parameters, as texts' }),
})
export type Schedule = z.infer<typeof scheduleSchema>

export const schedulesSchema = z
  .array(scheduleSchema)
  .max(100)
  .superRefine((schedules, context) => {
    const seen = new Set<string>()
    for (const [index, { name }] of schedules.entries()) {
      if (seen.has(name))
        context.addIssue({
          code: 'custom',
          path: [index, 'name'],
          message: 'Another schedule is called so already.',
        })
      seen.add(name)
    }
  })
