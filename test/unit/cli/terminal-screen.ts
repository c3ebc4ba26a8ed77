import { textWidth } from '../../../src/hosts/cli/terminal/text-width.ts'

/**
 * As much of a terminal as the live tree needs: shows what is visible after cursor moves, erasing, wrapping and
 * scrolling. A real terminal cannot be asked what it shows.
 */
export class TerminalScreen {
  columns: number
  rows: number
  readonly isTTY = true
  writes = 0
  #lines: string[][] = [[]]
  #row = 0
  #column = 0

  constructor(size: { columns: number; rows: number }) {
    this.columns = size.columns
    this.rows = size.rows
  }

  write(text: string): void {
    this.writes++
    // oxlint-disable-next-line no-control-regex -- escape sequences are what a terminal takes
    for (const [token] of text.matchAll(/\u001b\[\??[\d;]*[A-Za-z]|\n|\r|[^\u001b\n\r]/gu)) this.#take(token)
  }

  /** Everything that was shown, scrolled off or not, without trailing spaces. */
  get text(): string {
    return this.#lines
      .map((cells) => cells.join('').trimEnd())
      .join('\n')
      .trimEnd()
  }

  #take(token: string): void {
    // oxlint-disable-next-line no-control-regex -- as above
    const up = /^\u001b\[(\d+)A$/.exec(token)
    if (up) this.#row = Math.max(this.#lines.length - this.rows, this.#row - Number(up[1]), 0)
    else if (token === '\u001b[K') this.#line().length = Math.min(this.#line().length, this.#column)
    else if (token === '\u001b[J') {
      this.#line().length = Math.min(this.#line().length, this.#column)
      this.#lines.length = this.#row + 1
    } else if (token === '\r') this.#column = 0
    else if (token === '\n') {
      this.#row++
      this.#column = 0
      this.#line()
    } else if (!token.startsWith('\u001b')) this.#put(token)
  }

  #put(character: string): void {
    if (this.#column + textWidth(character) > this.columns) {
      this.#row++
      this.#column = 0
    }
    const line = this.#line()
    while (line.length < this.#column) line.push(' ')
    line[this.#column] = character
    this.#column++
  }

  #line(): string[] {
    while (this.#lines.length <= this.#row) this.#lines.push([])
    return this.#lines[this.#row]!
  }
}
