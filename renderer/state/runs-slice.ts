import type { RunInfo } from '../../src/contract/runs-contract.ts'
import type { RunView } from './run-view.ts'

/** Which part of the active file to run, by the ids of the whole pipeline: all of it when both are absent. */
export interface RunScope {
  to?: readonly string[]
  from?: readonly string[]
}

/** Runs that were started or looked at here, kept up to date by their events. */
export interface RunsSlice {
  runs: Readonly<Record<string, RunView>>
  /** A run that was not started yet, because it writes, or sends something, where it may not without the user’s word. */
  trustQuestion: { scope: RunScope; message: string } | null
  /** Runs the active pipeline. Findings that refuse it open the problems. */
  startRun: (scope?: RunScope, options?: { trust: boolean }) => Promise<void>
  /** Lets steps of the active file, and all that depends on them, run again. */
  forgetResults: (steps: readonly string[]) => Promise<void>
  cancelRun: () => Promise<void>
  /** Reads a run’s events from its beginning (once) and follows it while it goes on. */
  followRun: (run: string) => Promise<void>
  /** Shows an earlier run, or one that someone else started, in a tab, with the document that ran. */
  recallRun: (tab: string, run: RunInfo) => Promise<void>
  /** Shows the newest run of a tab’s pipeline, if there is one and none is shown. */
  recallLatest: (tab: string) => Promise<void>
  /** Opens the results of a run that has just ended well, unless the user has closed them before. */
  showResults: (run: string) => void
  forgetTrustQuestion: () => void
}
