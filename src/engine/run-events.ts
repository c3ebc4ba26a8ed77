import type { ErrorReport } from '../core/errors.ts'
import type { Effect } from '../node-kit/run-context.ts'
import type { StepOutput } from '../storage/steps.ts'
import type { Reason } from './explain-step.ts'

export type RunEndStatus = 'done' | 'failed' | 'cancelled'

/** The end of a run in numbers: the last event says it, and `runs.summary` keeps it. */
export interface RunSummary {
  status: RunEndStatus
  executed: number
  cached: number
  failed: number
  skipped: number
  /** `<nodeId>.<metric>`, of executed and cached steps alike. */
  metrics: Readonly<Record<string, number>>
  durationMs: number
  /** The error of each failed step, in the order of the failures. */
  errors: readonly ErrorReport[]
}

/** Why a step is not run although it stands in the pipeline. */
export type SkipCause =
  | { kind: 'disabled' }
  /** It needs a disabled node. */
  | { kind: 'needs-disabled'; node: string }
  /** Something it needs failed. */
  | { kind: 'upstream-failed'; node: string }
  /** It is a sink, or needs one, and what reads the same beside the sink failed, or could not run because of this. */
  | { kind: 'reader-failed'; node: string }
  /** Nothing came from `node`, or by way of it: its condition has sent everything the other way. */
  | { kind: 'not-taken'; node: string }

/** A step's note to the user, kept with its result and told again when the result is reused. */
export interface StepNote {
  level: 'info' | 'warning'
  message: string
}

/** What happens in a run, in the words of its events. Node ids are those of the pipeline. */
export type RunEventBody =
  | {
      event: 'run-started'
      pipelineId: string
      pipelineName: string
      /** Absolute path of the pipeline file: what relative paths of its parameters are relative to. */
      pipelinePath: string
      /** The steps in scope, inputs first. */
      steps: readonly { node: string; type: string; title: string; needs: readonly string[] }[]
      /** Has the details of defects, and what step workers printed. */
      logFile: string
    }
  /** The steps of an item that `node` runs: `node[item]/inner`. */
  | {
      event: 'steps-added'
      node: string
      steps: readonly { node: string; type: string; title: string; needs: readonly string[] }[]
    }
  /** Its inputs are there and its key is new; it waits for cores. */
  | { event: 'step-queued'; node: string; reasons: readonly Reason[] }
  | { event: 'step-started'; node: string; threads: number; memoryMb: number; attempt: number }
  | { event: 'step-progress'; node: string; share?: number; rows?: number; note?: string }
  | {
      event: 'step-cached'
      node: string
      reason: Reason
      outputs: Readonly<Record<string, StepOutput>>
      metrics: Readonly<Record<string, number>>
      notes: readonly StepNote[]
    }
  | ({ event: 'step-note'; node: string } & StepNote)
  /** An error of the environment, or a lost worker; the step is tried again after `delayMs`. */
  | { event: 'step-retried'; node: string; error: ErrorReport; delayMs: number }
  | {
      event: 'step-finished'
      node: string
      outputs: Readonly<Record<string, StepOutput>>
      metrics: Readonly<Record<string, number>>
      effects: readonly Effect[]
      durationMs: number
    }
  /** `outputs` are what a failed check left behind: its report. */
  | {
      event: 'step-failed'
      node: string
      error: ErrorReport
      outputs: Readonly<Record<string, StepOutput>>
      durationMs: number
    }
  /** The failure of `node` did no harm: `by` went on without it. Told at the end of the run. */
  | { event: 'failure-handled'; node: string; by: readonly string[] }
  | { event: 'step-skipped'; node: string; cause: SkipCause }
  | { event: 'step-cancelled'; node: string }
  | ({ event: 'run-finished' } & RunSummary)

/**
 * An event of a run. `sequence` counts up from 1 and is durable before anyone hears of the event, so a client resumes
 * after the last one it saw. Progress is not stored: it carries the number of the event before it.
 */
export type RunEvent = RunEventBody & {
  run: string
  sequence: number
  /** Epoch ms. */
  at: number
}
