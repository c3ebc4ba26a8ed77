import { countOf, formatCount, formatDuration } from '../terminal/format-amounts.ts'
import { spinnerFrame } from '../terminal/spinner.ts'
import type { Style } from '../terminal/style.ts'
import { clipText, harmless, padText, textWidth } from '../terminal/text-width.ts'
import type { RunView, StepView, StepViewState } from './run-view.ts'

const barWidth = 16
const eighths = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉']
/** Of “59 min 05 s”. */
const timeWidth = 11

export interface RenderOptions {
  style: Style
  width: number
  /** Lines at most. */
  height: number
  /** Epoch ms; makes the spinner turn and the times run. */
  now: number
}

/** The tree of steps as lines that fit the terminal. What does not fit in height is counted. */
export function renderSteps(view: RunView, options: RenderOptions): string[] {
  const shown = pickSteps(view.steps, options.height)
  const names = view.steps.reduce((most, step) => Math.max(most, textWidth(nameOf(step))), 0)
  const nameWidth = Math.min(names, Math.max(12, Math.floor(options.width * 0.4)), options.width - 4)
  const lines = shown.map((step) => renderStep(step, { ...options, nameWidth }))
  const hidden = view.steps.length - shown.length
  return hidden === 0
    ? lines
    : [...lines, options.style.dim(clipText(`  … ${hiddenNote(view.steps, shown)}`, options.width))]
}

/** On one line, whatever an item is called. */
const nameOf = ({ level, node }: StepView): string =>
  '  '.repeat(level) + harmless(node).replaceAll(/[\t\n]/g, ' ')

function renderStep(step: StepView, options: RenderOptions & { nameWidth: number }): string {
  const { style, width, now, nameWidth } = options
  const name = padText(clipText(nameOf(step), nameWidth), nameWidth)
  const isQuiet = step.state === 'waiting' || step.state === 'skipped'
  const head = `  ${iconOf(step.state, { style, now })} ${isQuiet ? style.dim(name) : name}`
  const afterName = width - nameWidth - 4
  if (afterName < timeWidth + 1) return head.trimEnd()
  const free = afterName - timeWidth - 3
  const detail = free > 4 ? detailOf(step, { style, width: free }) : { text: '', width: 0 }
  const gap = ' '.repeat(afterName - timeWidth - 2 - detail.width)
  const time = timeOf(step, now)
  return `${head}  ${detail.text}${time === '' ? '' : `${gap}${style.dim(time.padStart(timeWidth))}`}`.trimEnd()
}

function iconOf(state: StepViewState, { style, now }: { style: Style; now: number }): string {
  switch (state) {
    case 'waiting':
      return style.dim('·')
    case 'queued':
      return style.yellow('·')
    case 'running':
      return style.cyan(spinnerFrame(now))
    case 'done':
      return style.green('✓')
    case 'cached':
      return style.dim('✓')
    case 'failed':
      return style.red('✗')
    case 'skipped':
      return style.dim('–')
    case 'cancelled':
      return style.yellow('–')
  }
}

function timeOf({ state, startedAt, durationMs }: StepView, now: number): string {
  if (durationMs !== undefined) return formatDuration(durationMs)
  if (state === 'running' && startedAt !== undefined) return formatDuration(Math.max(0, now - startedAt))
  return ''
}

function detailOf(
  step: StepView,
  { style, width }: { style: Style; width: number },
): { text: string; width: number } {
  const plain = (text: string, paint = style.dim): { text: string; width: number } => {
    const clipped = clipText(harmless(text), width)
    return { text: paint(clipped), width: textWidth(clipped) }
  }
  switch (step.state) {
    case 'waiting':
      return plain('')
    case 'queued':
      return plain(step.note ?? step.reason ?? 'queued')
    case 'running': {
      const said = [step.share !== undefined && `${Math.floor(step.share * 100)} %`, progressNote(step)]
      const text = said.filter(Boolean).join('  ')
      if (step.share === undefined || width < barWidth + 8) return plain(text, (each) => each)
      const clipped = clipText(text, width - barWidth - 2)
      return { text: `${style.cyan(bar(step.share))}  ${clipped}`, width: barWidth + 2 + textWidth(clipped) }
    }
    case 'done':
      return plain([resultOf(step), step.reason].filter(Boolean).join('  ← '))
    case 'cached':
      return plain(['cached', resultOf(step)].filter(Boolean).join('  '))
    case 'failed':
      return plain(['failed', step.note].filter(Boolean).join(', '), style.red)
    case 'skipped':
      return plain(step.note ?? 'skipped')
    case 'cancelled':
      return plain('cancelled', style.yellow)
  }
}

const resultOf = (step: StepView): string => [rowsNote(step), step.said].filter(Boolean).join('  ')

function progressNote({ note, rows }: StepView): string {
  return note !== undefined ? harmless(note) : rows !== undefined ? countOf(rows, 'row') : ''
}

/** `7,032 rows, 11 rejects`. */
export function rowsNote({ rows, extraRows }: Pick<StepView, 'rows' | 'extraRows'>): string {
  const main = rows === undefined ? [] : [countOf(rows, 'row')]
  const extra = extraRows.map(({ rows: count, port }) =>
    port.endsWith('s') ? countOf(count, port.slice(0, -1)) : `${formatCount(count)} ${port}`,
  )
  return [...main, ...extra].join(', ')
}

function bar(share: number): string {
  const filled = Math.max(0, Math.min(1, share)) * barWidth
  const whole = Math.floor(filled)
  const part = eighths[Math.floor((filled - whole) * 8)]!
  return `${'█'.repeat(whole)}${part}`.padEnd(barWidth, '░')
}

/** Those that matter most now, in the order of the tree. */
function pickSteps(steps: readonly StepView[], height: number): readonly StepView[] {
  if (steps.length <= height) return steps
  const ranks: Readonly<Record<StepViewState, number>> = {
    running: 0,
    failed: 1,
    queued: 2,
    cancelled: 3,
    done: 4,
    waiting: 5,
    cached: 6,
    skipped: 7,
  }
  const picked = new Set(
    steps.toSorted((a, b) => ranks[a.state] - ranks[b.state]).slice(0, Math.max(0, height - 1)),
  )
  return steps.filter((step) => picked.has(step))
}

function hiddenNote(steps: readonly StepView[], shown: readonly StepView[]): string {
  const picked = new Set(shown)
  const hidden = steps.filter((step) => !picked.has(step))
  const states = [...new Set(hidden.map(({ state }) => state))]
  const counts = states.map((state) => `${hidden.filter((step) => step.state === state).length} ${state}`)
  return `${hidden.length} more: ${counts.join(', ')}`
}
