import { z } from 'zod'
import type { ErrorReport } from '../core/errors.ts'

/** Where in a pipeline an error or a finding belongs. */
export const placeSchema = z.strictObject({
  node: z.string(),
  port: z.string().exactOptional(),
  param: z.string().exactOptional(),
})

/** An error as it crosses the wire. */
export const errorReportSchema = z.strictObject({
  code: z.string(),
  kind: z.enum(['user', 'environment', 'defect']),
  message: z.string(),
  remedy: z.string(),
  values: z.record(
    z.string(),
    z.union([z.string(), z.number(), z.boolean(), z.array(z.string()).readonly()]),
  ),
  at: placeSchema.exactOptional(),
}) satisfies z.ZodType<ErrorReport>
