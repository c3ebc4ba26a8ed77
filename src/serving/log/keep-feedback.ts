import { rm, stat } from 'node:fs/promises'
import { timeOfPredictionId } from '../prediction-id.ts'
import { readFeedback } from './feedback-log.ts'
import { listSegments, type Segment } from './segment-name.ts'

const dayMs = 86_400_000
/** No process writes to a segment for longer, with an hour to spare. */
const inUseMs = 2 * 3_600_000

/** Retires what was said about answers that are kept no longer. */
export interface FeedbackRetention {
  /** Deletes the segments in which every word is about an answer of more than `keepDays` ago. */
  retire(log: { folder: string; keepDays: number; now: number }): Promise<{ deleted: number }>
}

export function createFeedbackRetention(): FeedbackRetention {
  /** Epoch ms of the newest answer that a finished segment is about, by its path: each is read once. */
  const newest = new Map<string, number>()
  const newestIn = async (segment: Segment, folder: string): Promise<number> => {
    const known = newest.get(segment.path)
    if (known !== undefined) return known
    let found = 0
    for await (const { feedback } of readFeedback(folder, { ends: { [segment.name]: Infinity } }))
      for (const { predictionId } of feedback) found = Math.max(found, timeOfPredictionId(predictionId))
    newest.set(segment.path, found)
    return found
  }
  return {
    async retire({ folder, keepDays, now }) {
      let deleted = 0
      for (const segment of await listSegments(folder, 'feedback')) {
        const { mtimeMs } = await stat(segment.path)
        if (now - mtimeMs < inUseMs) continue
        const kept = now - keepDays * dayMs
        // Nobody says something about an answer that is yet to come.
        if (mtimeMs >= kept && (await newestIn(segment, folder)) >= kept) continue
        await rm(segment.path, { force: true })
        newest.delete(segment.path)
        deleted += 1
      }
      return { deleted }
    },
  }
}
