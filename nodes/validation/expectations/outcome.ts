import type { z } from 'zod'

export type Json = z.infer<ReturnType<typeof z.json>>

/** What came of one expectation: `result` has the form that Great Expectations gives it. */
export interface ExpectationOutcome {
  success: boolean
  result: Record<string, Json>
}
