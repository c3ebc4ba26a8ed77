import type { RunEventData, RunSummaryData } from '../../../contract/run-event.ts'
import type { ErrorReport } from '../../../core/errors.ts'
import { describeReason } from '../../../engine/explain-step.ts'
import { orderSteps } from './order-steps.ts'

export type StepViewState =
  | 'waiting'
  | 'queued'
  | 'running'
  | 'done'
  | 'cached'
  | 'failed'
  | 'skipped'
  | 'cancelled'

/** A step as it is shown. */
export interface StepView {
  node: string
  title: string
  /** How deep it stands in the tree: a chain stays at one level, branches go in. */
  level: number
  state: StepViewState
  /** Between 0 and 1. */
  share?: number | undefined
  rows?: number | undefined
  /** Rows beside the main output, such as rejects. */
  extraRows: readonly { port: string; rows: number }[]
  note?: string | undefined
  /** The last it had to say: what it registered, for one. */
  said?: string | undefined
  /** Why it runs, in words. */
  reason?: string | undefined
  startedAt?: number | undefined
  durationMs?: number | undefined
}

/** What a run looks like so far. */
export interface RunView {
  pipelineName: string
  run: string
  logFile: string | undefined
  startedAt: number
  /** In the order in which they are shown. */
  steps: readonly StepView[]
  warnings: readonly { node: string; message: string }[]
  errors: readonly { node: string; error: ErrorReport }[]
  summary: RunSummaryData | undefined
}

export const emptyRunView: RunView = {
  pipelineName: '',
  run: '',
  logFile: undefined,
  startedAt: 0,
  steps: [],
  warnings: [],
  errors: [],
  summary: undefined,
}

/** The view after an event. */
export function withEvent(view: RunView, event: RunEventData): RunView {
  switch (event.event) {
    case 'run-started':
      return {
        ...emptyRunView,
        run: event.run,
        pipelineName: event.pipelineName,
        logFile: event.logFile,
        startedAt: event.at,
        steps: orderSteps(event.steps).map(({ node, title, level }) => ({
          node,
          title,
          level,
          state: 'waiting',
          extraRows: [],
        })),
      }
    case 'steps-added':
      return withItem(view, event)
    case 'step-queued': {
      const reasons = event.reasons.filter(({ kind }) => kind !== 'never-ran').map(describeReason)
      return withStep(view, event.node, { state: 'queued', reason: reasons.join(', ') || undefined })
    }
    case 'step-started':
      return withStep(view, event.node, {
        state: 'running',
        startedAt: event.at,
        note: undefined,
      })
    case 'step-progress':
      return withStep(view, event.node, { share: event.share, rows: event.rows, note: event.note })
    case 'step-cached':
      return event.notes.reduce(
        (noted, note) => withNote(noted, event.node, note),
        withStep(view, event.node, { state: 'cached', ...rowsOf(event.outputs) }),
      )
    case 'step-note':
      return withNote(view, event.node, event)
    case 'step-retried':
      return withStep(view, event.node, { state: 'queued', note: `tries again: ${event.error.message}` })
    case 'step-finished':
      return withStep(view, event.node, {
        state: 'done',
        durationMs: event.durationMs,
        note: undefined,
        ...rowsOf(event.outputs),
      })
    case 'step-failed':
      return {
        ...withStep(view, event.node, { state: 'failed', durationMs: event.durationMs, note: undefined }),
        errors: [...view.errors, { node: event.node, error: event.error }],
      }
    case 'failure-handled':
      return {
        ...withStep(view, event.node, { note: `handled by ${event.by.join(', ')}` }),
        errors: view.errors.filter(({ node }) => node !== event.node),
      }
    case 'step-skipped':
      return withStep(view, event.node, { state: 'skipped', note: skipNote(event.cause) })
    case 'step-cancelled':
      return withStep(view, event.node, { state: 'cancelled', note: undefined })
    case 'run-finished': {
      const { event: _event, run: _run, sequence: _sequence, at: _at, ...summary } = event
      return { ...view, summary }
    }
  }
}

/** The steps of an item stand below the step that runs them. */
function withItem(view: RunView, { node, steps }: Extract<RunEventData, { event: 'steps-added' }>): RunView {
  const at = view.steps.findIndex((step) => step.node === node)
  const level = (view.steps[at]?.level ?? 0) + 1
  const isItem = (step: StepView): boolean => step.node.startsWith(`${node}[`)
  let behind = at + 1
  while (behind < view.steps.length && isItem(view.steps[behind]!)) behind++
  const before = view.steps.slice(0, behind)
  // A step that is tried again tells of its items again.
  const first = steps[0]?.node
  if (before.some((step) => step.node === first)) return view
  const added = steps.map((step): StepView => ({
    node: step.node,
    title: step.title,
    level,
    state: 'waiting',
    extraRows: [],
  }))
  return { ...view, steps: [...before, ...added, ...view.steps.slice(behind)] }
}

/** There may be tens of thousands of steps, so only the one is looked at anew. */
function withStep(view: RunView, node: string, change: Partial<StepView>): RunView {
  const at = view.steps.findLastIndex((step) => step.node === node)
  return at < 0 ? view : { ...view, steps: view.steps.with(at, { ...view.steps[at]!, ...change }) }
}

function withNote(
  view: RunView,
  node: string,
  { level, message }: { level: 'info' | 'warning'; message: string },
): RunView {
  switch (level) {
    case 'info':
      return withStep(view, node, { said: message })
    case 'warning':
      return { ...view, warnings: [...view.warnings, { node, message }] }
  }
}

type Outputs = Extract<RunEventData, { event: 'step-finished' }>['outputs']

/** Rows of the first table a step gives, and of the others that have any. */
export function rowsOf(outputs: Outputs): Pick<StepView, 'rows' | 'extraRows'> {
  const counted = Object.entries(outputs).flatMap(([port, { rows }]) =>
    rows === undefined ? [] : [{ port, rows }],
  )
  return { rows: counted[0]?.rows, extraRows: counted.slice(1).filter(({ rows }) => rows > 0) }
}

export function skipNote(cause: Extract<RunEventData, { event: 'step-skipped' }>['cause']): string {
  switch (cause.kind) {
    case 'disabled':
      return 'disabled'
    case 'needs-disabled':
      return `needs ${cause.node}, which is disabled`
    case 'upstream-failed':
      return `needs ${cause.node}, which failed`
    case 'not-taken':
      return `${cause.node} took the other way`
    case 'reader-failed':
      return `nothing is registered or written after ${cause.node} failed`
  }
}
