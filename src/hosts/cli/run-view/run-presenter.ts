import type { RunEventData } from '../../../contract/run-event.ts'
import type { RunView } from './run-view.ts'

/** Shows a run as it goes. */
export interface RunPresenter {
  readonly view: RunView
  event(event: RunEventData): void
  /** After the last event, or when there will be no more. */
  end(): void
}
