import type { RunView } from './run-view.ts'

/** Runs that were started or looked at here, kept up to date by their events. */
export interface RunsSlice {
  runs: Readonly<Record<string, RunView>>
  /** Runs the active pipeline: all of it, or up to or from some nodes. Findings that refuse it open the problems. */
  startRun: (scope?: { to?: readonly string[]; from?: readonly string[]; trust?: boolean }) => Promise<void>
  cancelRun: () => Promise<void>
  /** Reads a run’s events from its beginning (once) and follows it while it goes on. */
  followRun: (run: string) => Promise<void>
}
