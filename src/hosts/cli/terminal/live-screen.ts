import { textWidth } from './text-width.ts'

/** What is needed of a terminal. */
export interface TerminalStream {
  readonly columns?: number
  readonly rows?: number
  write(text: string): unknown
}

const hideCursor = '\u001b[?25l'
export const showCursor = '\u001b[?25h'
const toLineEnd = '\u001b[K'
const toScreenEnd = '\u001b[J'
// Terminals that know it show a frame at once; others ignore it.
const beginFrame = '\u001b[?2026h'
const endFrame = '\u001b[?2026l'

/** The last lines of a terminal, redrawn in place. Lines must fit its width. */
export class LiveScreen {
  readonly #stream: TerminalStream
  #lines: readonly string[] = []
  #frame: string | undefined

  constructor(stream: TerminalStream) {
    this.#stream = stream
  }

  get width(): number {
    return this.#stream.columns ?? 80
  }

  /** Lines that can be redrawn: what has scrolled off cannot. */
  get height(): number {
    return Math.max(1, (this.#stream.rows ?? 24) - 1)
  }

  draw(lines: readonly string[]): void {
    const frame = lines.map((line) => `${line}${toLineEnd}\n`).join('')
    if (frame === this.#frame) return
    const up = this.#rowsDrawn()
    this.#stream.write(
      `${beginFrame}${hideCursor}${up > 0 ? `\u001b[${up}A` : ''}\r${frame}${toScreenEnd}${endFrame}`,
    )
    this.#lines = lines
    this.#frame = frame
  }

  /** Leaves what was drawn last standing. */
  end(): void {
    if (this.#frame !== undefined) this.#stream.write(showCursor)
    this.#lines = []
    this.#frame = undefined
  }

  /** A terminal that became narrower has broken the lines it shows. */
  #rowsDrawn(): number {
    const rows = this.#lines.reduce(
      (sum, line) => sum + Math.max(1, Math.ceil(textWidth(line) / this.width)),
      0,
    )
    return Math.min(rows, this.height)
  }
}
