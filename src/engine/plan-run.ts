import type { Reason } from './explain-step.ts'
import type { SkipCause } from './run-events.ts'

/** What a run would do with one node. */
export type PlannedStep = { node: string } & (
  | { kind: 'cached'; key: string; reason: Reason }
  | { kind: 'run'; key: string; reasons: readonly Reason[] }
  /** Whether it runs depends on what these give. */
  | { kind: 'wait'; for: readonly string[] }
  | { kind: 'skip'; cause: SkipCause }
)
