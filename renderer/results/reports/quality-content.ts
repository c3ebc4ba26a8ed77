import { z } from 'zod'

const measuredSchema = z.object({
  rows: z.number(),
  labelled: z.number(),
  metrics: z.record(z.string(), z.number()),
  expected: z.object({ accuracy: z.number(), low: z.number(), high: z.number() }).nullable(),
})

/** What “Watch quality” reports. */
export const qualitySchema = z.object({
  task: z.enum(['classes', 'amounts']),
  by: z.enum(['rows', 'time']),
  reference: measuredSchema,
  judged: z
    .object({
      metric: z.enum(['accuracy', 'mae']),
      reference: z.number(),
      current: z.number(),
      worse: z.number(),
      pValue: z.number(),
      dropped: z.boolean(),
    })
    .nullable(),
  windows: z.array(
    measuredSchema.extend({ from: z.union([z.number(), z.string()]), to: z.union([z.number(), z.string()]) }),
  ),
  segments: z.array(measuredSchema.extend({ column: z.string(), value: z.string() })),
})
export type QualityContent = z.infer<typeof qualitySchema>
