import type { MonitorSpec } from '../../core/monitor.ts'
import type { WindowParts } from '../../storage/monitors.ts'
import { longestSegmentMs, type LogFile } from './log-files.ts'
import { mergeFeeds } from './merge-feeds.ts'
import { takeRows } from './read-window.ts'
import { openSegmentFeed, sizeOf, type Place, type SegmentFeed } from './segment-feed.ts'
import { createWindowRows, type WindowRows } from './window-rows.ts'

/** A window whose last row was read, and how far its version was read with it. */
export interface ClosedWindow {
  from: number
  to: number
  rows: WindowRows
  parts: WindowParts
  cursor: string
}

interface OpenWindow {
  rows: WindowRows
  /** Of a span of time, epoch ms; null of a number of rows. */
  span: { from: number; to: number } | null
  files: WindowParts['files']
  runs: number[]
}

/** Files that began before are read; the others to these places. */
interface Cursor {
  before: number
  at: Record<string, Place>
}

/** Cuts the answers of one version into windows, in the order of time. */
export interface VersionWatch {
  readonly artifact: string
  /** Files that began earlier are of no interest. */
  readonly since: number
  readonly open: { rows: number; firstAt: number } | null
  /** Windows that end up to `until`, epoch ms, one by one. */
  advance(
    files: readonly LogFile[],
    request: { spec: MonitorSpec; until: number },
  ): AsyncGenerator<ClosedWindow>
}

export function createVersionWatch(options: {
  artifact: string
  cursor: string | null
  /** The beginning of its newest window. */
  lastFrom: number
}): VersionWatch {
  const { artifact } = options
  const start = options.cursor === null ? { before: 0, at: {} } : (JSON.parse(options.cursor) as Cursor)
  const places = new Map<string, Place>(Object.entries(start.at))
  let { before } = start
  let { lastFrom } = options
  let window: OpenWindow | null = null

  const openWindow = (time: number, { window: wanted }: MonitorSpec): OpenWindow => {
    const length = wanted.kind === 'time' ? wanted.minutes * 60_000 : null
    const from = length === null ? 0 : Math.floor(time / length) * length
    return {
      rows: createWindowRows(),
      span: length === null ? null : { from, to: from + length },
      files: [],
      runs: [],
    }
  }
  const take = (feed: SegmentFeed, { rows, files, runs }: OpenWindow, most: number): void => {
    const { name } = feed.segment
    let file = files.findIndex((each) => each.name === name)
    if (file < 0) {
      const [offset, row] = feed.place
      file = files.push({ name, offset, row }) - 1
    }
    const taken = takeRows(feed, rows, most)
    if (runs.at(-2) === file) runs[runs.length - 1] = runs.at(-1)! + taken
    else runs.push(file, taken)
    places.set(name, feed.place)
  }
  const isFinished = async ({ segment }: LogFile): Promise<boolean> => {
    const place = places.get(segment.name)
    const isOver = Date.now() - segment.startedAt > longestSegmentMs
    return isOver && place !== undefined && place[0] === (await sizeOf(segment))
  }
  /** Forgets files that are read to their ends, the oldest first. */
  const cursorAfter = async (files: readonly LogFile[]): Promise<string> => {
    for (const file of files) {
      before = file.segment.startedAt
      if (!(await isFinished(file))) break
    }
    const kept = files.filter(({ segment }) => segment.startedAt >= before)
    const names = new Set(kept.map(({ segment }) => segment.name))
    for (const name of places.keys()) if (!names.has(name)) places.delete(name)
    return JSON.stringify({ before, at: Object.fromEntries(places) } satisfies Cursor)
  }
  const close = async (files: readonly LogFile[]): Promise<ClosedWindow> => {
    const { rows, span, ...parts } = window!
    window = null
    // Many rows may be answered within a millisecond: a window is known by its beginning.
    const from = Math.max(span?.from ?? Math.floor(rows.firstAt), lastFrom + 1)
    lastFrom = from
    const to = Math.max(from, span?.to ?? Math.ceil(rows.lastAt))
    const { stride } = rows.view()
    return { from, to, rows, parts: { ...parts, stride }, cursor: await cursorAfter(files) }
  }
  return {
    artifact,
    get since() {
      return before
    },
    get open() {
      return window && { rows: window.rows.rows, firstAt: window.rows.firstAt }
    },
    async *advance(files, { spec, until }) {
      const most = spec.window.kind === 'rows' ? spec.window.rows : Infinity
      const feeds: SegmentFeed[] = []
      for (const { segment, model } of files) {
        const place = places.get(segment.name) ?? [0, 0]
        if (segment.startedAt >= before && place[0] < (await sizeOf(segment)))
          feeds.push(openSegmentFeed(segment, model, place))
      }
      const merged = mergeFeeds(feeds)
      try {
        for (let feed = await merged.next(until); feed; feed = await merged.next(until)) {
          const { time } = feed.head!.request
          if (window && isOver(window, time, spec)) yield await close(files)
          window ??= openWindow(time, spec)
          if (window.rows.rows < most) take(feed, window, most - window.rows.rows)
          if (window.rows.rows >= most) yield await close(files)
        }
        if (window && isOver(window, until, spec)) yield await close(files)
      } finally {
        for (const feed of feeds) if (places.has(feed.segment.name)) places.set(feed.segment.name, feed.place)
        await merged.close()
      }
    },
  }
}

/** Also one that was begun when windows were of another kind. */
function isOver({ span }: OpenWindow, time: number, { window }: MonitorSpec): boolean {
  return span === null ? window.kind === 'time' : time >= span.to || window.kind === 'rows'
}
