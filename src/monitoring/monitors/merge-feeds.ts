import type { SegmentFeed } from './segment-feed.ts'

/**
 * The feed whose next request was answered first, among several that are each in the order of time; null where nothing up
 * to `until` (epoch ms) is left. Files that begin later are not opened before their time.
 */
export interface MergedFeeds {
  next(until: number): Promise<SegmentFeed | null>
  close(): Promise<void>
}

/** Feeds in the order of their beginnings. */
export function mergeFeeds(feeds: readonly SegmentFeed[]): MergedFeeds {
  const waiting = [...feeds]
  const open: SegmentFeed[] = []
  const earliest = (): SegmentFeed | null => {
    let found: SegmentFeed | null = null
    for (const feed of open) if (!found || feed.head!.request.time < found.head!.request.time) found = feed
    return found
  }
  const refill = async (): Promise<void> => {
    for (const feed of open.slice()) {
      if (feed.head) continue
      await feed.load()
      if (feed.head) continue
      open.splice(open.indexOf(feed), 1)
      await feed.close()
    }
  }
  return {
    async next(until) {
      await refill()
      for (;;) {
        const found = earliest()
        const [later] = waiting
        if (!later || (found && later.segment.startedAt > found.head!.request.time))
          return found && found.head!.request.time <= until ? found : null
        waiting.shift()
        open.push(later)
        await refill()
      }
    },
    close: async () => void (await Promise.all(open.map((feed) => feed.close()))),
  }
}
