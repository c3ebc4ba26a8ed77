import { createWriteStream } from 'node:fs'

/** The log file of a run: what is of no use on a screen, such as stacks and what step workers print. */
export interface RunLog {
  readonly file: string
  /** Each line of the text gets the time, and the node it is about. */
  write(node: string, text: string): void
  close(): Promise<void>
}

export function openRunLog(file: string): RunLog {
  const stream = createWriteStream(file, { flags: 'a' })
  // A full disk must not end the run for want of its log.
  stream.on('error', () => {})
  return {
    file,
    write(node, text) {
      const head = `${new Date().toISOString()} ${node}: `
      for (const line of text.trimEnd().split('\n')) stream.write(`${head}${line}\n`)
    },
    close: () => new Promise((resolve) => void stream.end(resolve)),
  }
}
