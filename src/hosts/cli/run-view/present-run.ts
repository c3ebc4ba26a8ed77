import type { Output } from '../output.ts'
import { presentJson } from './present-json.ts'
import { presentLive } from './present-live.ts'
import { presentPlain } from './present-plain.ts'
import type { RunPresenter } from './run-presenter.ts'

/** A terminal gets a live tree, a pipe lines, a program events. */
export function presentRun(output: Output, options: { json: boolean }): RunPresenter {
  if (options.json) return presentJson(output)
  return output.live ? presentLive(output) : presentPlain(output)
}
