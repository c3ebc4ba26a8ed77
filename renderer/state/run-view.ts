import type { z } from 'zod'
import type { reasonSchema, RunEventData, stepOutputsSchema } from '../../src/contract/run-event.ts'
import type { ErrorReport } from '../../src/core/errors.ts'
import type { Pipeline } from '../../src/core/pipeline.ts'

export type Reason = z.infer<typeof reasonSchema>
export type StepOutputs = z.infer<typeof stepOutputsSchema>
export type SkipCause = Extract<RunEventData, { event: 'step-skipped' }>['cause']

/** `waiting`: for its inputs; `queued`: for cores and memory. */
export type StepState =
  | 'waiting'
  | 'queued'
  | 'running'
  | 'cached'
  | 'done'
  | 'failed'
  | 'skipped'
  | 'cancelled'

/** What is known of one step of a run, while it runs and after. Times are epoch ms. */
export interface StepView {
  node: string
  title: string
  needs: readonly string[]
  state: StepState
  /** 0–1; null where the step does not say. */
  share: number | null
  /** Rows done so far, then rows of its table. */
  rows: number | null
  note: string | null
  outputs: StepOutputs
  metrics: Readonly<Record<string, number>>
  error: ErrorReport | null
  startedAt: number | null
  durationMs: number | null
  attempt: number
  reasons: readonly Reason[]
  notes: readonly { level: 'info' | 'warning'; message: string; at: number }[]
  skipped: SkipCause | null
}

/** A run as its events tell it. */
export interface RunView {
  id: string
  path: string
  status: 'running' | 'done' | 'failed' | 'cancelled' | 'interrupted'
  startedAt: number
  finishedAt: number | null
  /** Null while it runs. */
  durationMs: number | null
  steps: Readonly<Record<string, StepView>>
  /** Node ids, inputs first. */
  order: readonly string[]
  /** `<nodeId>.<metric>`. */
  metrics: Readonly<Record<string, number>>
  /** Of the last event: where to go on after a lost connection. */
  sequence: number
  /** The document that was started here; null for a run of another time or another client. */
  document: Pipeline | null
}

export const newRun = (id: string, document: Pipeline | null): RunView => ({
  id,
  path: '',
  status: 'running',
  startedAt: 0,
  finishedAt: null,
  durationMs: null,
  steps: {},
  order: [],
  metrics: {},
  sequence: 0,
  document,
})

/** The run after one more of its events. */
export function withRunEvent(run: RunView, event: RunEventData): RunView {
  const { sequence } = event
  switch (event.event) {
    case 'run-started':
      return {
        ...run,
        sequence,
        path: event.pipelinePath,
        startedAt: event.at,
        order: event.steps.map(({ node }) => node),
        steps: Object.fromEntries(event.steps.map((step) => [step.node, newStep(step)])),
      }
    case 'steps-added':
      return {
        ...run,
        sequence,
        order: [...run.order, ...event.steps.map(({ node }) => node)],
        steps: { ...run.steps, ...Object.fromEntries(event.steps.map((step) => [step.node, newStep(step)])) },
      }
    case 'run-finished':
      return {
        ...run,
        sequence,
        status: event.status,
        finishedAt: event.at,
        durationMs: event.durationMs,
        metrics: event.metrics,
      }
    case 'step-queued':
      return withStep(run, event, () => ({ state: 'queued', reasons: event.reasons }))
    case 'step-started':
      return withStep(run, event, () => ({
        state: 'running',
        startedAt: event.at,
        attempt: event.attempt,
        share: null,
      }))
    case 'step-progress':
      return withStep(run, event, () => ({
        share: event.share ?? null,
        rows: event.rows ?? null,
        note: event.note ?? null,
      }))
    case 'step-cached':
      return withStep(run, event, () => ({
        state: 'cached',
        reasons: [event.reason],
        outputs: event.outputs,
        rows: rowsOf(event.outputs),
        metrics: event.metrics,
        notes: event.notes.map((note) => ({ ...note, at: event.at })),
      }))
    case 'step-note':
      return withStep(run, event, ({ notes }) => ({
        notes: [...notes, { level: event.level, message: event.message, at: event.at }],
      }))
    case 'step-retried':
      return withStep(run, event, ({ notes }) => ({
        state: 'queued',
        notes: [...notes, { level: 'warning', message: event.error.message, at: event.at }],
      }))
    case 'step-finished':
      return withStep(run, event, () => ({
        state: 'done',
        outputs: event.outputs,
        rows: rowsOf(event.outputs),
        metrics: event.metrics,
        durationMs: event.durationMs,
        note: null,
      }))
    case 'step-failed':
      return withStep(run, event, () => ({
        state: 'failed',
        outputs: event.outputs,
        error: event.error,
        durationMs: event.durationMs,
        note: null,
      }))
    case 'failure-handled':
      return withStep(run, event, ({ notes }) => ({
        notes: [...notes, { level: 'info', message: `Handled by ${event.by.join(', ')}.`, at: event.at }],
      }))
    case 'step-skipped':
      return withStep(run, event, () => ({ state: 'skipped', skipped: event.cause }))
    case 'step-cancelled':
      return withStep(run, event, () => ({ state: 'cancelled', note: null }))
  }
}

const unfinished: ReadonlySet<StepState> = new Set(['waiting', 'queued', 'running'])

/** A run that its host left behind: nothing of it goes on. */
export const withoutUnfinished = (run: RunView): RunView => ({
  ...run,
  steps: Object.fromEntries(
    Object.entries(run.steps).map(([node, step]) => [
      node,
      unfinished.has(step.state) ? { ...step, state: 'cancelled' } : step,
    ]),
  ),
})

function withStep(
  run: RunView,
  { node, sequence }: { node: string; sequence: number },
  change: (step: StepView) => Partial<StepView>,
): RunView {
  const step = run.steps[node]
  if (!step) return { ...run, sequence }
  return { ...run, sequence, steps: { ...run.steps, [node]: { ...step, ...change(step) } } }
}

const newStep = ({ node, title, needs }: { node: string; title: string; needs: readonly string[] }) =>
  ({
    node,
    title,
    needs,
    state: 'waiting',
    share: null,
    rows: null,
    note: null,
    outputs: {},
    metrics: {},
    error: null,
    startedAt: null,
    durationMs: null,
    attempt: 0,
    reasons: [],
    notes: [],
    skipped: null,
  }) satisfies StepView

/** Of the one table that most steps give. */
function rowsOf(outputs: StepOutputs): number | null {
  for (const output of Object.values(outputs)) if (output.rows !== undefined) return output.rows
  return null
}
