import { endOfLog } from '../log/end-of-log.ts'
import type { FeedbackIndex } from '../log/feedback-index.ts'
import { readFeedback } from '../log/feedback-log.ts'
import type { LoggedModel } from '../log/prediction-record.ts'
import { longestSegmentMs, readLoggedModel, recordsIn } from '../log/read-predictions.ts'
import { readSegment, type Group, type LogPosition } from '../log/read-segment.ts'
import { listSegments, type Segment } from '../log/segment-name.ts'
import { timeOfPredictionId } from '../prediction-id.ts'
import { addQuality, addSaid, type Qualities } from './version-quality.ts'

/**
 * How right the answers of a deployment were. Its log is read once; what is said later has only those parts of it read
 * again in which the answers stand. In memory are sums, some hundred bytes for each part.
 */
export interface QualityBook {
  /** Of answers from a time on, epoch ms. Another time than before has all read again. */
  since(from: number): Promise<Qualities>
}

/** Some of the bytes of a segment. */
interface Chunk {
  start: number
  end: number
  /** Epoch ms of the first and last answer that counts. */
  first: number
  last: number
  qualities: Qualities
  /** Something was said since. */
  isStale: boolean
}

type Said = Pick<FeedbackIndex, 'mayHave' | 'of'>

export function openQualityBook(
  folder: string,
  {
    feedback,
    chunkBytes = 1024 * 1024,
  }: {
    /** As it is known at the time of the call. */
    feedback: () => Promise<Said>
    chunkBytes?: number | undefined
  },
): QualityBook {
  /** By the names of segments. */
  let chunks = new Map<string, Chunk[]>()
  let from = -Infinity
  let heard: LogPosition = {}
  let reading: Promise<unknown> = Promise.resolve()

  const count = async (chunk: Chunk, group: Group<LoggedModel>, said: Said): Promise<void> => {
    const { role } = group.header
    if (role === 'live' || role === 'canary') {
      const counted = recordsIn(group).filter(({ time }) => time >= from)
      const ids = counted.flatMap(({ predictionIds }) => predictionIds.filter((id) => said.mayHave(id)))
      const words = await said.of(ids)
      for (const record of counted) {
        chunk.first = Math.min(chunk.first, record.time)
        chunk.last = Math.max(chunk.last, record.time)
        addSaid(chunk.qualities, record, words)
      }
    }
    chunk.end = group.end
  }
  const hearNews = async (): Promise<void> => {
    const all = [...chunks.values()].flat()
    for await (const { feedback: news, position } of readFeedback(folder, { after: heard })) {
      const times = news.map(({ predictionId }) => timeOfPredictionId(predictionId))
      for (const chunk of all) chunk.isStale ||= times.some((at) => at >= chunk.first && at <= chunk.last)
      heard = position
    }
  }
  const takeIn = async (segment: Segment, said: Said): Promise<void> => {
    const known = chunks.get(segment.name) ?? []
    chunks.set(segment.name, known)
    for (const [place, { start, end, isStale }] of known.entries()) {
      if (!isStale) continue
      const again = emptyChunk(start)
      for await (const group of readSegment(segment, { from: start, to: end, readHeader: readLoggedModel }))
        await count(again, group, said)
      known[place] = again
    }
    let chunk = known.at(-1)
    for await (const group of readSegment(segment, { from: chunk?.end, readHeader: readLoggedModel })) {
      if (!chunk || chunk.end - chunk.start >= chunkBytes) known.push((chunk = emptyChunk(chunk?.end ?? 0)))
      await count(chunk, group, said)
    }
  }
  const read = async (since: number): Promise<Qualities> => {
    if (since !== from) {
      chunks = new Map()
      heard = await endOfLog(folder, 'feedback')
      from = since
    }
    // Before what was said is asked for, so that nothing falls between the two.
    await hearNews()
    const said = await feedback()
    const segments = await listSegments(folder, 'predictions')
    const names = new Set(segments.map(({ name }) => name))
    for (const name of chunks.keys()) if (!names.has(name)) chunks.delete(name)
    for (const segment of segments)
      if (segment.startedAt >= since - longestSegmentMs) await takeIn(segment, said)
    const sums: Qualities = new Map()
    for (const { qualities } of [...chunks.values()].flat())
      for (const [key, quality] of qualities) addQuality(sums, key, quality)
    return sums
  }
  return {
    // One after the other: several views may ask at once.
    since(time) {
      const next = reading.catch(() => {}).then(() => read(time))
      reading = next
      return next
    },
  }
}

const emptyChunk = (start: number): Chunk => ({
  start,
  end: start,
  first: Infinity,
  last: -Infinity,
  qualities: new Map(),
  isStale: false,
})
