import { randomUUID } from 'node:crypto'
import { open, stat, writeFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import type { FileSniff } from '../tables/read-file/read-options.ts'

/** The beginning of a file that is read line by line; the file itself where it is short, or has no lines. */
export async function headOfFile(
  path: string,
  { sniff, bytes, folder }: { sniff: FileSniff; bytes: number; folder: string },
): Promise<{ path: string; isWhole: boolean }> {
  const { size } = await stat(path)
  if (size <= bytes || sniff.format === 'json' || sniff.format === 'parquet') return { path, isWhole: true }
  const head = await readBytes(path, bytes)
  const end = endOfLastLine(head, sniff.encoding)
  if (end === 0) return { path, isWhole: true }
  const copy = join(folder, `${randomUUID()}${extname(path)}`)
  await writeFile(copy, head.subarray(0, end))
  return { path: copy, isWhole: false }
}

async function readBytes(path: string, bytes: number): Promise<Buffer> {
  const file = await open(path, 'r')
  try {
    const head = Buffer.alloc(bytes)
    const { bytesRead } = await file.read(head, 0, bytes, 0)
    return head.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

function endOfLastLine(head: Buffer, encoding: FileSniff['encoding']): number {
  switch (encoding) {
    case 'utf-16le':
      return endOfLastPair(head, [0x0a, 0x00])
    case 'utf-16be':
      return endOfLastPair(head, [0x00, 0x0a])
    case 'utf-8':
    case 'latin-1':
    case 'windows-1252':
    case null:
      return head.lastIndexOf(0x0a) + 1
  }
}

function endOfLastPair(head: Buffer, [first, second]: readonly [number, number]): number {
  for (let at = head.length - (head.length % 2) - 2; at >= 0; at -= 2)
    if (head[at] === first && head[at + 1] === second) return at + 2
  return 0
}
