import { rm, stat } from 'node:fs/promises'
import { listSegments, type SegmentKind } from './segment-name.ts'

const dayMs = 86_400_000
const megabyte = 1024 * 1024

/**
 * Deletes the oldest segments of a log: those last written more than `keepDays` ago, and those above `keepMb` in all.
 * One that a process may still write to, written within the last two hours, stays.
 */
export async function keepLog(options: {
  folder: string
  kind: SegmentKind
  keepDays: number
  keepMb: number
  /** Epoch ms. */
  now: number
}): Promise<{ deleted: number; keptBytes: number }> {
  const { folder, kind, keepDays, keepMb, now } = options
  const newestFirst = (await listSegments(folder, kind)).toReversed()
  let keptBytes = 0
  let deleted = 0
  let isFull = false
  for (const { path } of newestFirst) {
    const { size, mtimeMs } = await stat(path)
    const isInUse = now - mtimeMs < 2 * 3_600_000
    // What is older than one for which there is no room goes with it.
    isFull ||= keptBytes + size > keepMb * megabyte
    const isTooMuch = isFull || now - mtimeMs > keepDays * dayMs
    if (isInUse || !isTooMuch) keptBytes += size
    else {
      await rm(path, { force: true })
      deleted += 1
    }
  }
  return { deleted, keptBytes }
}
