import { z } from 'zod'

/** One thing that a pipeline is tested for. */
export const testCaseSchema = z.strictObject({
  /** What it belongs to: a node, `checks`, `pins`, an endpoint. */
  suite: z.string(),
  /** A sentence that holds when it passes. */
  name: z.string(),
  /** `warning`: not passed, and said so only to be looked at. `skipped`: what it is about did not run. */
  outcome: z.enum(['passed', 'failed', 'warning', 'skipped']),
  /** What was found instead, and what to do; null when passed. */
  message: z.string().nullable(),
  durationMs: z.number().nullable(),
})
export type TestCase = z.infer<typeof testCaseSchema>
