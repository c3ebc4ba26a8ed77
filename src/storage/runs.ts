export const runStatuses = ['running', 'done', 'failed', 'cancelled', 'interrupted'] as const
export type RunStatus = (typeof runStatuses)[number]

export interface NewRun {
  id: string
  pipelineId: string
  pipelineName: string
  /** The canonical text of the pipeline as it ran. */
  document: string
  parameters: Readonly<Record<string, unknown>>
  scope: { to: readonly string[] | null; from: readonly string[] | null }
  /** Epoch ms. */
  startedAt: number
  hostPid: number
}

export interface RunRecord extends NewRun {
  status: RunStatus
  finishedAt: number | null
  /** What the engine says at the end, as JSON; null while running. */
  summary: unknown
}

export interface Runs {
  create(run: NewRun): void
  finish(run: {
    id: string
    status: Exclude<RunStatus, 'running'>
    finishedAt: number
    summary: unknown
  }): void
  get(id: string): RunRecord | null
  /** The newest first; `before` is the id of the last run of the page before. */
  list(options: { pipelineId?: string; limit: number; before?: string }): RunRecord[]
  /** The newest run of a pipeline. */
  latest(options: { pipelineId: string }): RunRecord | null
  /** Marks the runs that a dead host left running, with their unfinished steps; returns their ids. */
  markInterrupted(options: { now: number }): string[]
}
