import type { Automation } from '../monitoring/automation/open-automation.ts'
import type { Hooks } from '../monitoring/automation/open-hooks.ts'
import type { Retraining } from '../monitoring/retraining/open-retraining.ts'

/** What starts by itself in a host: schedules and triggers, the calls that they wait for, and retraining. */
export interface SelfStarting {
  automation: Automation
  hooks: Hooks
  retraining: Retraining
  /** From now on: where a host stays. */
  resume(): void
  /** Starts nothing more; resolves when what goes on has ended, which the engine cancels when it closes. */
  close(): Promise<void>
}
