import { readBlocks, startOfBlock } from './block-file.ts'
import { feedbackIn, type Feedback } from './feedback-log.ts'
import { createHashPlaces } from './hash-places.ts'
import { readSegment } from './read-segment.ts'
import { listSegments, type Segment } from './segment-name.ts'

/** Finds what was said about answers. In memory are some bytes for each word, and the words that were last asked for. */
export interface FeedbackIndex {
  /** Takes in what was said since the last time. */
  refresh(): Promise<void>
  /** Whether something may have been said about an answer. */
  mayHave(id: string): boolean
  /** What was said last of each answer that something was said about, unless it was taken back. */
  of(ids: readonly string[]): Promise<ReadonlyMap<string, Feedback>>
}

/** Of older ones nothing is known any more: 64 MB at most. */
const mostEntries = 2 ** 21
/** Of blocks that were read last. */
const keptEntries = 20_000

interface Block {
  path: string
  start: number
  end: number
}

export function createFeedbackIndex(
  folder: string,
  { most = mostEntries }: { most?: number } = {},
): FeedbackIndex {
  const places = createHashPlaces()
  let blocks: Block[] = []
  /** Of each segment: how far it was read, and what is known of it. */
  let segmentsRead = new Map<string, { end: number; entries: number }>()
  /** Entries of segments that are gone. */
  let stale = 0
  /** Epoch ms: segments that began earlier are left out. */
  let from = 0
  const cache = new Map<Block, Feedback[]>()
  let cached = 0
  let refreshing = Promise.resolve()

  const startAgain = (): void => {
    places.clear()
    blocks = []
    segmentsRead = new Map()
    stale = 0
    cache.clear()
    cached = 0
  }
  const takeIn = async (segment: Segment): Promise<void> => {
    const { name, path } = segment
    const known = segmentsRead.get(name) ?? { end: 0, entries: 0 }
    segmentsRead.set(name, known)
    for await (const { payload, end } of readSegment(segment, { from: known.end, readHeader: () => null })) {
      const place = blocks.length
      blocks.push({ path, start: startOfBlock({ payload, end }), end })
      const feedback = feedbackIn(payload)
      for (const { predictionId } of feedback) places.add(predictionId, place)
      known.end = end
      known.entries += feedback.length
    }
  }
  const forgetRetired = (names: ReadonlySet<string>): void => {
    for (const [name, { entries }] of segmentsRead) {
      if (names.has(name)) continue
      segmentsRead.delete(name)
      stale += entries
      cache.clear()
      cached = 0
    }
    if (stale > places.size / 2) startAgain()
  }
  const refreshNow = async (): Promise<void> => {
    const segments = await listSegments(folder, 'feedback')
    forgetRetired(new Set(segments.map(({ name }) => name)))
    for (const segment of segments) if (segment.startedAt >= from) await takeIn(segment)
    if (places.size <= most) return
    const known = segments.filter(({ name }) => segmentsRead.has(name))
    const middle = known[Math.ceil(known.length / 2)]
    // One file alone is not cut.
    if (!middle || middle.startedAt <= from) return
    from = middle.startedAt
    startAgain()
    await refreshNow()
  }
  const read = async (block: Block): Promise<Feedback[]> => {
    const known = cache.get(block)
    if (known) return known
    for await (const { payload } of readBlocks(block.path, block.start, block.end)) {
      const feedback = feedbackIn(payload)
      cache.set(block, feedback)
      cached += feedback.length
      for (const [oldest, { length }] of cache) {
        if (cached <= keptEntries || oldest === block) break
        cache.delete(oldest)
        cached -= length
      }
      return feedback
    }
    return []
  }
  return {
    // One after the other: what was said before it was asked for is there afterwards.
    refresh: () => (refreshing = refreshing.catch(() => {}).then(refreshNow)),
    mayHave: (id) => places.has(id),
    async of(ids) {
      const wanted = new Set(ids)
      const needed = new Set(ids.flatMap((id) => places.of(id)))
      const newest = new Map<string, Feedback>()
      for (const place of [...needed].toSorted((a, b) => a - b))
        for (const each of await read(blocks[place]!).catch(nothingOfRetired)) {
          const said = newest.get(each.predictionId)
          // Several processes write it, each into a file of its own.
          if (wanted.has(each.predictionId) && (!said || said.time <= each.time))
            newest.set(each.predictionId, each)
        }
      for (const [id, { isRetracted }] of newest) if (isRetracted) newest.delete(id)
      return newest
    },
  }
}

function nothingOfRetired(error: NodeJS.ErrnoException): Feedback[] {
  if (error.code === 'ENOENT') return []
  throw error
}
