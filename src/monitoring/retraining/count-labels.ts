import { readFeedback, type Feedback } from '../../serving/log/feedback-log.ts'
import { listSegments } from '../../serving/log/segment-name.ts'
import type { Workspace } from '../../storage/open-workspace.ts'
import { deploymentLogFolder } from '../../storage/workspace-paths.ts'
import { createLabelBook, type LabelBook } from './label-book.ts'

type Position = Readonly<Record<string, number>>

export interface LabelsWanted {
  deployment: string
  /** How far the feedback was counted. */
  position: Position
  /** Epoch ms. */
  since: number
}

/**
 * Counts the answers of a deployment that have a label and had none at a moment. The position is the very same where nothing
 * was said after it: nothing is counted then.
 */
export type CountLabels = (wanted: LabelsWanted) => Promise<{ position: Position; labels: number }>

interface Counted {
  since: number
  book: LabelBook
  position: Position
}

/** In memory are some bytes of each answer that has a label, from its deployment's first count on. */
export function createLabelCount({ paths, tracking }: Pick<Workspace, 'paths' | 'tracking'>): CountLabels {
  const counted = new Map<string, Counted>()
  return async ({ deployment, position, since }) => {
    if (!tracking.deployments.find(deployment)) return { position, labels: 0 }
    const folder = deploymentLogFolder(paths, deployment)
    if (!(await hasMore(folder, position))) return { position, labels: 0 }
    const known = counted.get(deployment)
    const now = known?.since === since ? known : await begin(folder, since)
    // One that was read in part would count twice.
    counted.delete(deployment)
    for await (const part of readFeedback(folder, { after: now.position })) {
      now.position = part.position
      for (const word of part.feedback) if (word.time >= since) noteIn(now.book, word)
    }
    counted.set(deployment, now)
    // What is kept of the log no more is kept of its position no more.
    const there = new Set((await listSegments(folder, 'feedback')).map(({ name }) => name))
    const kept = Object.entries(now.position).filter(([name]) => there.has(name))
    return { position: Object.fromEntries(kept), labels: now.book.fresh }
  }
}

async function hasMore(folder: string, after: Position): Promise<boolean> {
  for await (const part of readFeedback(folder, { after })) return part.feedback.length > 0
  return false
}

/** With what had a label before. */
async function begin(folder: string, since: number): Promise<Counted> {
  const book = createLabelBook()
  for await (const { feedback } of readFeedback(folder))
    for (const word of feedback) if (word.time < since) noteIn(book, word)
  book.turnPage()
  return { since, book, position: {} }
}

const noteIn = (book: LabelBook, { predictionId, time, label, isRetracted }: Feedback): void =>
  book.note({ id: predictionId, time, isLabel: label !== undefined && isRetracted !== true })
