import type { Output } from '../output.ts'
import { formatDuration } from './format-amounts.ts'
import { LiveScreen } from './live-screen.ts'
import { spinnerFrame } from './spinner.ts'
import { clipText, harmless } from './text-width.ts'

/** Says that something takes its time, on a terminal with a sign of life; `done` leaves the line without it. */
export function showWaiting(output: Output, what: string): { done(): void } {
  const text = harmless(what)
  if (output.stdout.isTTY !== true) {
    output.line(text)
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
      screen.draw([clipText(text, screen.width)])
      screen.end()
    },
  }
}
