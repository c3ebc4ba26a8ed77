import { z } from 'zod'
import { readSegment, type LogPosition } from './read-segment.ts'
import { createRecordReader } from './record-bytes.ts'
import { listSegments } from './segment-name.ts'
import { openSegments } from './segment-writer.ts'

/** What somebody says about a prediction, sooner or later. */
export const feedbackSchema = z.strictObject({
  predictionId: z.string(),
  /** The truth: a label, or a number. */
  label: z.union([z.string(), z.number(), z.boolean()]).optional(),
  /** Whether the answer was right, where the truth is not said. */
  isRight: z.boolean().optional(),
  /** How good the answer was, from 0 to 1. */
  score: z.number().min(0).max(1).optional(),
  /** What was said before is taken back. */
  isRetracted: z.literal(true).optional(),
  source: z.string().max(200).optional(),
  comment: z.string().max(10_000).optional(),
  /** Epoch ms of when it was said. */
  time: z.number(),
})
export type Feedback = z.infer<typeof feedbackSchema>

export interface FeedbackLog {
  /** Resolves when it is written: a caller who was told so need not say it again. */
  append(feedback: Feedback): Promise<void>
  close(): Promise<void>
}

/** Feedback to a deployment, in files beside its predictions. */
export function openFeedbackLog(options: {
  folder: string
  worker: number
  onError: (error: Error) => void
}): FeedbackLog {
  let problem: Error | null = null
  const segments = openSegments({
    ...options,
    kind: 'feedback',
    header: Buffer.from(JSON.stringify({ format: 1 })),
    onError(error) {
      problem = error
      options.onError(error)
    },
  })
  return {
    async append(feedback) {
      const { lost } = segments
      segments.put((writer) => writer.text(JSON.stringify(feedback)))
      await segments.flush()
      if (problem && segments.lost > lost) throw problem
    },
    close: () => segments.close(),
  }
}

/**
 * What was said, in files in the order of their beginnings; `after` is where an earlier reading ended, `ends` where this one
 * does.
 */
export async function* readFeedback(
  folder: string,
  { after = {}, ends }: { after?: LogPosition; ends?: LogPosition } = {},
): AsyncGenerator<{ feedback: Feedback[]; position: LogPosition }> {
  const position: Record<string, number> = { ...after }
  for (const segment of await listSegments(folder, 'feedback')) {
    if (ends && !(segment.name in ends)) continue
    for await (const { payload, end } of readSegment(segment, {
      from: after[segment.name],
      to: ends?.[segment.name],
      readHeader: () => null,
    })) {
      position[segment.name] = end
      yield { feedback: feedbackIn(payload), position: { ...position } }
    }
  }
}

/** What was said together, out of the bytes of a block. */
export function feedbackIn(payload: Buffer): Feedback[] {
  const reader = createRecordReader(payload)
  const feedback: Feedback[] = []
  while (!reader.isAtEnd) feedback.push(feedbackSchema.parse(JSON.parse(reader.text())))
  return feedback
}
