import type { RunSummaryData } from '../../../contract/run-event.ts'
import type { ErrorReport } from '../../../core/errors.ts'
import type { Finding } from '../../../core/finding.ts'
import type { Output } from '../output.ts'
import type { RunPresenter } from './run-presenter.ts'
import { createRunProgress } from './run-view.ts'

/** Events for a program, one a line. The last line is always `run-finished`, with these fields and no others. */
export function presentJson(output: Output): RunPresenter {
  const progress = createRunProgress()
  return {
    get view() {
      return progress.view()
    },
    event(event) {
      progress.note(event)
      if (event.event !== 'run-finished') writeEvent(output, event)
    },
    end() {},
  }
}

export function writeFindings(output: Output, findings: readonly Finding[]): void {
  for (const finding of findings) writeEvent(output, { event: 'finding', ...finding })
}

export function writeError(output: Output, error: ErrorReport): void {
  writeEvent(output, { event: 'error', ...error })
}

/** The end of a run, or of the attempt to start one. */
export function writeRunFinished(output: Output, summary?: RunSummaryData): void {
  const { status = 'failed', executed = 0, cached = 0, metrics = {} } = summary ?? {}
  writeEvent(output, { event: 'run-finished', status, executed, cached, metrics })
}

function writeEvent(output: Output, event: object): void {
  output.line(JSON.stringify(event))
}
