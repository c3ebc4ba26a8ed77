import type { DeploymentState, Verification } from '../../contract/deployment-info.ts'
import type { ErrorReport } from '../../core/errors.ts'
import type { ServerStatistics } from '../server-protocol.ts'
import type { Exposure } from './deployment-parts.ts'
import type { DeploymentPlan } from './plan-deployment.ts'
import type { ProcessState } from './server-group.ts'
import type { StatisticsBook } from './statistics-book.ts'

/** How a deployment is right now. */
export interface SupervisedState {
  state: DeploymentState
  since: number
  error: ErrorReport | null
  address: string | null
  grpcAddress: string | null
  exposure: Exposure
  isTied: boolean
  /** What is wished for as the registry is now, and what is served. */
  wished: DeploymentPlan | null
  served: DeploymentPlan | null
  processes: ProcessState[]
  /** By the artifact of the model. */
  verifications: ReadonlyMap<string, Verification>
}

/** Brings about, and keeps up, what is wished for of one deployment. */
export interface Supervisor {
  readonly now: SupervisedState
  readonly book: StatisticsBook | null
  /** Since when it serves the versions it serves, and what was counted before. */
  readonly traffic: { since: number; before: ServerStatistics } | null
  readonly token: string | null
  /** Lets it run for as long as somebody needs it, whatever is stored. */
  tie(exposure: Exposure): void
  untie(): void
  expose(exposure: Exposure): void
  /**
   * Resolves when it is as it is wished for, or has failed to be: never rejects. What failed before is tried again only
   * when somebody has asked for it.
   */
  settle(options?: { isAsked: boolean }): Promise<void>
  verifyAgain(): Promise<void>
  /** Once a second: looks after processes, and whether an alias means another version now. */
  check(): void
  /** Answers what it has accepted, and ends; it is on again only after `settle` in a host that runs deployments. */
  end(): Promise<void>
}
