import type { Finding } from '../../core/finding.ts'
import type { RunHandle, RunRequest } from '../../engine/open-engine.ts'
import type { Tracking } from '../../storage/open-tracking.ts'
import type { PipelineFinder } from './find-pipelines.ts'

/** What starts pipelines by themselves. */
export interface AutomationParts {
  tracking: Tracking
  pipelines: PipelineFinder
  /** Also tells of the run in the workspace. */
  startRun(
    request: RunRequest,
  ): Promise<{ run: RunHandle; findings: readonly Finding[] } | { refused: readonly Finding[] }>
  /** Why a pipeline may not run by itself, in words; null where it may. */
  distrust(request: RunRequest): Promise<string | null>
  now: () => number
  onDefect: (error: unknown, during: string) => void
}
