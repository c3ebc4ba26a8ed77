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

/** A run as its events tell it. There may be tens of thousands of steps and many more events. */
export interface RunProgress {
  note(event: RunEventData): void
  step(node: string): StepView | undefined
  /** All of it, put together anew: to be drawn, not for each event. */
  view(): RunView
}

export function createRunProgress(): RunProgress {
  let head: Pick<RunView, 'pipelineName' | 'run' | 'logFile' | 'startedAt'> = {
    pipelineName: '',
    run: '',
    logFile: undefined,
    startedAt: 0,
  }
  let summary: RunSummaryData | undefined
  const steps = new Map<string, StepView>()
  /** Steps of the pipeline, in the order in which they are shown. */
  const own: string[] = []
  /** Steps of items, by the step that runs them: they stand below it. */
  const items = new Map<string, string[]>()
  const warnings: { node: string; message: string }[] = []
  const errors = new Map<string, ErrorReport>()

  const add = ({ node, title }: { node: string; title: string }, level: number): void =>
    void steps.set(node, { node, title, level, state: 'waiting', extraRows: [] })
  const addItem = ({ node, steps: added }: Extract<RunEventData, { event: 'steps-added' }>): void => {
    const level = (steps.get(node)?.level ?? 0) + 1
    const below = items.get(node) ?? []
    items.set(node, below)
    for (const step of added) {
      // A step that is tried again tells of its items again.
      if (steps.has(step.node)) continue
      add(step, level)
      below.push(step.node)
    }
  }
  const change = (node: string, changed: Partial<StepView>): void => {
    const step = steps.get(node)
    if (step) steps.set(node, { ...step, ...changed })
  }
  const say = (node: string, { level, message }: { level: 'info' | 'warning'; message: string }): void => {
    if (level === 'info') change(node, { said: message })
    else warnings.push({ node, message })
  }
  const withItems = (nodes: readonly string[]): StepView[] =>
    nodes.flatMap((node) => [steps.get(node)!, ...withItems(items.get(node) ?? [])])

  return {
    step: (node) => steps.get(node),
    view: () => ({
      ...head,
      steps: withItems(own),
      warnings: [...warnings],
      errors: [...errors].map(([node, error]) => ({ node, error })),
      summary,
    }),
    note(event) {
      switch (event.event) {
        case 'run-started': {
          const { run, pipelineName, logFile, at } = event
          head = { run, pipelineName, logFile, startedAt: at }
          for (const step of orderSteps(event.steps)) {
            add(step, step.level)
            own.push(step.node)
          }
          return
        }
        case 'steps-added':
          return addItem(event)
        case 'step-queued': {
          const reasons = event.reasons.filter(({ kind }) => kind !== 'never-ran').map(describeReason)
          return change(event.node, { state: 'queued', reason: reasons.join(', ') || undefined })
        }
        case 'step-started':
          return change(event.node, { state: 'running', startedAt: event.at, note: undefined })
        case 'step-progress':
          return change(event.node, { share: event.share, rows: event.rows, note: event.note })
        case 'step-cached':
          change(event.node, { state: 'cached', ...rowsOf(event.outputs) })
          for (const note of event.notes) say(event.node, note)
          return
        case 'step-note':
          return say(event.node, event)
        case 'step-retried':
          return change(event.node, { state: 'queued', note: `tries again: ${event.error.message}` })
        case 'step-finished':
          return change(event.node, {
            state: 'done',
            durationMs: event.durationMs,
            note: undefined,
            ...rowsOf(event.outputs),
          })
        case 'step-failed':
          errors.set(event.node, event.error)
          return change(event.node, { state: 'failed', durationMs: event.durationMs, note: undefined })
        case 'failure-handled':
          errors.delete(event.node)
          return change(event.node, { note: `handled by ${event.by.join(', ')}` })
        case 'step-skipped':
          return change(event.node, { state: 'skipped', note: skipNote(event.cause) })
        case 'step-cancelled':
          return change(event.node, { state: 'cancelled', note: undefined })
        case 'run-finished': {
          const { event: _event, run: _run, sequence: _sequence, at: _at, ...rest } = event
          summary = rest
        }
      }
    },
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
