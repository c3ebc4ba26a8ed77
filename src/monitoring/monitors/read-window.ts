import type { WindowParts } from '../../storage/monitors.ts'
import type { LogFiles } from './log-files.ts'
import { openSegmentFeed, type SegmentFeed } from './segment-feed.ts'
import { createWindowRows, type WindowRows } from './window-rows.ts'

/** The rows of a closed window, in the order in which they were measured; null where the log no longer has them. */
export async function readWindow(
  files: LogFiles,
  { files: places, runs }: WindowParts,
): Promise<WindowRows | null> {
  const feeds: SegmentFeed[] = []
  try {
    for (const { name, offset, row } of places) {
      const file = await files.find(name)
      if (!file) return null
      feeds.push(openSegmentFeed(file.segment, file.model, [offset, row]))
    }
    const rows = createWindowRows()
    for (let at = 0; at < runs.length; at += 2) {
      const feed = feeds[runs[at]!]!
      let left = runs[at + 1]!
      while (left > 0) {
        await feed.load()
        if (!feed.head) return null
        left -= takeRows(feed, rows, left)
      }
    }
    return rows
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  } finally {
    await Promise.all(feeds.map((feed) => feed.close()))
  }
}

/** Takes at most so many rows of the request that a feed is at, and gives how many they were. */
export function takeRows(feed: SegmentFeed, rows: WindowRows, most: number): number {
  const { request, taken } = feed.head!
  const count = Math.min(most, request.rows - taken)
  rows.add(feed.model, request, { from: taken, to: taken + count })
  feed.take(count)
  return count
}
