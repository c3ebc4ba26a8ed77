import type { Output } from '../output.ts'
import { LiveScreen } from '../terminal/live-screen.ts'
import { clipText, harmless } from '../terminal/text-width.ts'
import type { RunPresenter } from './run-presenter.ts'
import { renderSteps } from './render-steps.ts'
import { createRunProgress } from './run-view.ts'

/** Ten frames a second: more would only flicker. */
const frameMs = 100

/** The steps of a run as a tree that is redrawn in place. */
export function presentLive(output: Output): RunPresenter {
  const { style } = output
  const screen = new LiveScreen(output.stdout)
  const progress = createRunProgress()
  const frame = (height: number): string[] => {
    const view = progress.view()
    const title = style.bold(clipText(harmless(view.pipelineName), screen.width))
    const options = { style, width: screen.width, height: height - 1, now: Date.now() }
    return view.steps.length === 0 ? [] : [title, ...renderSteps(view, options)]
  }
  const timer = setInterval(() => screen.draw(frame(screen.height)), frameMs)
  return {
    get view() {
      return progress.view()
    },
    event(event) {
      progress.note(event)
    },
    end() {
      clearInterval(timer)
      // The last frame need not be redrawn, so it may be longer than the terminal.
      screen.draw(frame(Infinity))
      screen.end()
    },
  }
}
