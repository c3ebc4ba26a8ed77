import { feedbackSchema, type Feedback } from '../../serving/log/feedback-log.ts'
import { readSegment, type LogPosition } from '../../serving/log/read-segment.ts'
import { createRecordReader } from '../../serving/log/record-bytes.ts'
import { listSegments } from '../../serving/log/segment-name.ts'
import { longestSegmentMs } from './log-files.ts'
import { sizeOf } from './segment-feed.ts'

export interface NewFeedback {
  feedback: Feedback
  /** Where reading would have to begin to find it again. */
  before: LogPosition
}

/** Reads what was said since the last time, without a look at files that are finished. */
export interface FeedbackReader {
  /** Where it has come to. */
  readonly position: LogPosition
  read(): AsyncGenerator<NewFeedback>
}

export function createFeedbackReader(folder: string, from: LogPosition): FeedbackReader {
  let position: LogPosition = from
  const finished = new Set<string>()
  return {
    get position() {
      return position
    },
    async *read() {
      const segments = await listSegments(folder, 'feedback')
      const names = new Set(segments.map(({ name }) => name))
      position = Object.fromEntries(Object.entries(position).filter(([name]) => names.has(name)))
      for (const segment of segments) {
        const { name, startedAt } = segment
        if (finished.has(name)) continue
        if ((position[name] ?? 0) < (await sizeOf(segment)))
          for await (const { payload, end } of readSegment(segment, {
            from: position[name],
            readHeader: () => null,
          })) {
            const before = position
            const reader = createRecordReader(payload)
            while (!reader.isAtEnd)
              yield { feedback: feedbackSchema.parse(JSON.parse(reader.text())), before }
            position = { ...position, [name]: end }
          }
        if (Date.now() - startedAt > longestSegmentMs) finished.add(name)
      }
    },
  }
}
