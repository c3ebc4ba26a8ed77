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

/** The run after more of its events. Its steps, of which there may be tens of thousands, are copied once. */
export function withRunEvents(run: RunView, events: readonly RunEventData[]): RunView {
  const draft: Draft = { ...run, steps: { ...run.steps }, order: [...run.order] }
  for (const event of events) note(draft, event)
  return draft
}

type Draft = Omit<{ -readonly [Key in keyof RunView]: RunView[Key] }, 'steps' | 'order'> & {
  steps: Record<string, StepView>
  order: string[]
}

function note(run: Draft, event: RunEventData): void {
  run.sequence = event.sequence
  switch (event.event) {
    case 'run-started':
      run.path = event.pipelinePath
      run.startedAt = event.at
      run.order = []
      run.steps = {}
      return addSteps(run, event.steps)
    case 'steps-added':
      return addSteps(run, event.steps)
    case 'run-finished':
      run.status = event.status
      run.finishedAt = event.at
      run.durationMs = event.durationMs
      run.metrics = event.metrics
      return
    case 'step-queued':
      return change(run, event.node, () => ({ state: 'queued', reasons: event.reasons }))
    case 'step-started':
      return change(run, event.node, () => ({
        state: 'running',
        startedAt: event.at,
        attempt: event.attempt,
        share: null,
      }))
    case 'step-progress':
      return change(run, event.node, () => ({
        share: event.share ?? null,
        rows: event.rows ?? null,
        note: event.note ?? null,
      }))
    case 'step-cached':
      return change(run, event.node, () => ({
        state: 'cached',
        reasons: [event.reason],
        outputs: event.outputs,
        rows: rowsOf(event.outputs),
        metrics: event.metrics,
        notes: event.notes.map((note) => ({ ...note, at: event.at })),
      }))
    case 'step-note':
      return change(run, event.node, ({ notes }) => ({
        notes: [...notes, { level: event.level, message: event.message, at: event.at }],
      }))
    case 'step-retried':
      return change(run, event.node, ({ notes }) => ({
        state: 'queued',
        notes: [...notes, { level: 'warning', message: event.error.message, at: event.at }],
      }))
    case 'step-finished':
      return change(run, event.node, () => ({
        state: 'done',
        outputs: event.outputs,
        rows: rowsOf(event.outputs),
        metrics: event.metrics,
        durationMs: event.durationMs,
        note: null,
      }))
    case 'step-failed':
      return change(run, event.node, () => ({
        state: 'failed',
        outputs: event.outputs,
        error: event.error,
        durationMs: event.durationMs,
        note: null,
      }))
    case 'failure-handled':
      return change(run, event.node, ({ notes }) => ({
        notes: [...notes, { level: 'info', message: `Handled by ${event.by.join(', ')}.`, at: event.at }],
      }))
    case 'step-skipped':
      return change(run, event.node, () => ({ state: 'skipped', skipped: event.cause }))
    case 'step-cancelled':
      return change(run, event.node, () => ({ state: 'cancelled', note: null }))
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

type Added = Extract<RunEventData, { event: 'steps-added' }>['steps']

function addSteps(run: Draft, steps: Added): void {
  for (const step of steps) {
    run.order.push(step.node)
    run.steps[step.node] = newStep(step)
  }
}

function change(run: Draft, node: string, changed: (step: StepView) => Partial<StepView>): void {
  const step = run.steps[node]
  if (step) run.steps[node] = { ...step, ...changed(step) }
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
