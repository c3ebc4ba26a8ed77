import { createStyle, wantsColors, type Style } from './terminal/style.ts'

/** A stream of this process, or a double of one. */
export interface OutputStream {
  readonly isTTY?: boolean
  readonly columns?: number
  readonly rows?: number
  write(text: string): unknown
}

/** Where a command writes, and how. Results go to `stdout`, everything said about them to `stderr`. */
export interface Output {
  stdout: OutputStream
  stderr: OutputStream
  style: Style
  errorStyle: Style
  /** On a terminal that can move its cursor, lines can be redrawn. */
  live: boolean
  /** Of a terminal; nothing in a pipe. */
  width: number | undefined
  line(text?: string): void
  lines(texts: readonly string[]): void
  /** Data for a program: one document. */
  json(value: unknown): void
  /** A remark that is not part of the result. */
  remark(text: string): void
}

export function createOutput(options: {
  stdout: OutputStream
  stderr: OutputStream
  environment: NodeJS.ProcessEnv
}): Output {
  const { stdout, stderr, environment } = options
  return {
    stdout,
    stderr,
    style: createStyle(wantsColors(stdout, environment)),
    errorStyle: createStyle(wantsColors(stderr, environment)),
    live: stdout.isTTY === true && environment['TERM'] !== 'dumb',
    width: stdout.isTTY ? stdout.columns : undefined,
    line: (text = '') => void stdout.write(`${text}\n`),
    lines: (texts) => void (texts.length > 0 && stdout.write(`${texts.join('\n')}\n`)),
    json: (value) => void stdout.write(`${JSON.stringify(value, null, 2)}\n`),
    remark: (text) => void stderr.write(`${text}\n`),
  }
}
