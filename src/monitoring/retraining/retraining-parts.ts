import type { Challenge, ChallengeRequest } from '../../contract/challenge.ts'
import type { Finding } from '../../core/finding.ts'
import type { RunHandle, RunRequest } from '../../engine/open-engine.ts'
import type { JobRecord } from '../../storage/retraining-job-record.ts'
import type { Workspace } from '../../storage/open-workspace.ts'
import type { Monitors } from '../monitors/monitors.ts'
import type { CountLabels } from './count-labels.ts'

/** How a version does that is tried out beside the champion. */
export interface TrialState {
  requests: number
  errors: number
  /** Of all live versions together. */
  live: { requests: number; errors: number }
}

/** What a retraining works with. */
export interface RetrainingParts {
  workspace: Workspace
  /** Also tells of the run in the workspace. */
  startRun(
    request: RunRequest,
  ): Promise<{ run: RunHandle; findings: readonly Finding[] } | { refused: readonly Finding[] }>
  running(run: string): RunHandle | undefined
  /** Away from this process' event loop. */
  challenge(request: ChallengeRequest, signal: AbortSignal): Promise<Challenge>
  /** Null where nothing is counted of the version, as it is not served. */
  trial(request: { deployment: string; model: string; version: number }): TrialState | null
  /** Why the deployment does not answer with a version that it should answer with, in words; null where it does. */
  notAnswering(request: { deployment: string; model: string; version: number }): string | null
  monitors: Pick<Monitors, 'series'>
  countLabels: CountLabels
  /** Why a pipeline may not run by itself, in words; null where it may. */
  distrust(request: RunRequest): Promise<string | null>
  now: () => number
  onJob(job: JobRecord): void
  onDefect: (error: unknown, during: string) => void
}

/** What the steps of a job work with. */
export interface StepParts extends RetrainingParts {
  /** Aborted when the host closes: what goes on then is taken up by the next. */
  closing: AbortSignal
}
