import type { ErrorReport } from '../core/errors.ts'
import type { StepOutput } from '../storage/steps.ts'

/** How a step that was to be executed ended. */
export type StepEnd =
  | {
      kind: 'done'
      outputs: Readonly<Record<string, StepOutput>>
      metrics: Readonly<Record<string, number>>
    }
  | { kind: 'failed'; error: ErrorReport }
  | { kind: 'cancelled' }
