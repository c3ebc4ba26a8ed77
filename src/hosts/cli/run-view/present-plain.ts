import type { RunEventData } from '../../../contract/run-event.ts'
import type { Output } from '../output.ts'
import { formatDuration } from '../terminal/format-amounts.ts'
import { harmless } from '../terminal/text-width.ts'
import type { RunPresenter } from './run-presenter.ts'
import { rowsNote } from './render-steps.ts'
import { createRunProgress, rowsOf, skipNote, type RunProgress } from './run-view.ts'

/** A line for everything that happened, for pipes and logs. */
export function presentPlain(output: Output): RunPresenter {
  const progress = createRunProgress()
  return {
    get view() {
      return progress.view()
    },
    event(event) {
      progress.note(event)
      const text = lineOf(event, progress)
      if (text !== null) output.line(harmless(text))
    },
    end() {},
  }
}

function lineOf(event: RunEventData, progress: RunProgress): string | null {
  switch (event.event) {
    case 'run-started':
      return `${event.pipelineName}: ${event.steps.length} steps, run ${event.run}`
    case 'step-started': {
      const reason = progress.step(event.node)?.reason
      return `${event.node}: started${reason === undefined ? '' : ` (${reason})`}`
    }
    case 'step-cached':
      return `${event.node}: ${joined('cached', rowsNote(rowsOf(event.outputs)))}`
    case 'step-finished': {
      const done = `done in ${formatDuration(event.durationMs)}`
      return `${event.node}: ${joined(done, rowsNote(rowsOf(event.outputs)))}`
    }
    case 'step-retried':
      return `${event.node}: tries again in ${formatDuration(event.delayMs)}: ${event.error.message}`
    case 'step-failed':
      return `${event.node}: failed after ${formatDuration(event.durationMs)}`
    case 'failure-handled':
      return `${event.node}: its failure is handled by ${event.by.join(', ')}`
    case 'step-skipped':
      return `${event.node}: skipped, ${skipNote(event.cause)}`
    case 'step-cancelled':
      return `${event.node}: cancelled`
    case 'step-note':
      // Warnings are told together below the steps.
      return event.level === 'warning' ? null : `${event.node}: ${event.message}`
    case 'step-progress': {
      const step = progress.step(event.node)
      return step?.state === 'queued' && event.note !== undefined ? `${event.node}: ${event.note}` : null
    }
    case 'steps-added':
    case 'step-queued':
    case 'run-finished':
      return null
  }
}

const joined = (...parts: readonly string[]): string => parts.filter((part) => part !== '').join(', ')
