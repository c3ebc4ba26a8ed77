import type { Output } from '../output.ts'
import { formatDuration } from './format-amounts.ts'
import { LiveScreen } from './live-screen.ts'
import { spinnerFrame } from './spinner.ts'
import { clipText, harmless } from './text-width.ts'

/** What is shown while something takes its time. */
export interface Waiting {
  done(): void
}

/**
 * Says that something takes its time, on a terminal with a sign of life. `kept`: the line stays when it is done, and a
 * pipe gets it too.
 */
export function showWaiting(output: Output, options: { what: string; kept: boolean }): Waiting {
  const { kept } = options
  const text = harmless(options.what)
  if (!output.live) {
    if (kept) output.line(text)
    return { done: () => {} }
  }
  const screen = new LiveScreen(output.stdout)
  const startedAt = Date.now()
  const draw = (): void => {
    const now = Date.now()
    const line = `${spinnerFrame(now)} ${text}  ${formatDuration(now - startedAt)}`
    screen.draw([clipText(line, screen.width)])
  }
  const timer = setInterval(draw, 100)
  let isDone = false
  return {
    done() {
      if (isDone) return
      isDone = true
      clearInterval(timer)
      screen.draw(kept ? [clipText(text, screen.width)] : [])
      screen.end()
    },
  }
}
