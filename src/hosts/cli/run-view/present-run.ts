import type { RunEventData } from '../../../contract/run-event.ts'
import type { Output } from '../output.ts'
import { presentJson } from './present-json.ts'
import { presentLive } from './present-live.ts'
import { presentPlain } from './present-plain.ts'
import type { RunView } from './run-view.ts'

/** Shows a run as it goes. */
export interface RunPresenter {
  readonly view: RunView
  event(event: RunEventData): void
  /** After the last event, or when there will be no more. */
  end(): void
}

/** A terminal gets a live tree, a pipe lines, a program events. */
export function presentRun(output: Output, options: { json: boolean }): RunPresenter {
  if (options.json) return presentJson(output)
  return output.live ? presentLive(output) : presentPlain(output)
}
