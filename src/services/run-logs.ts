import { open } from 'node:fs/promises'

export interface LogLines {
  lines: { at: number; node: string; text: string }[]
  next: number
  isEnd: boolean
}

/** One answer takes no more of the file than this. */
const readBytes = 512 * 1024
const linePattern = /^(\S+Z) ([^\s:]+): (.*)$/

/** Whole lines of a run's log from a position on, in bytes; none where there is no log. */
export async function readLogLines(
  path: string,
  { after, node }: { after: number; node: string | null },
): Promise<LogLines> {
  const file = await open(path, 'r').catch(() => null)
  if (!file) return { lines: [], next: after, isEnd: true }
  try {
    const { size } = await file.stat()
    const piece = Buffer.alloc(Math.max(0, Math.min(readBytes, size - after)))
    const { bytesRead } = await file.read(piece, 0, piece.length, after)
    // A line that is longer than an answer is told in parts.
    const end = piece.lastIndexOf(0x0a) + 1 || (bytesRead === readBytes ? bytesRead : 0)
    const lines = piece
      .toString('utf8', 0, end)
      .split('\n')
      .flatMap((line) => lineOf(line) ?? [])
      .filter((line) => node === null || line.node === node)
    return { lines, next: after + end, isEnd: after + end >= size }
  } finally {
    await file.close()
  }
}

function lineOf(line: string): LogLines['lines'][number] | null {
  const [, time, node, text] = linePattern.exec(line) ?? []
  return time === undefined ? null : { at: Date.parse(time), node: node!, text: text! }
}
