import { readPredictionId } from '../../serving/prediction-id.ts'
import type { LogPosition } from '../../serving/log/read-segment.ts'
import type { StoredTruth, WindowRecord } from '../../storage/monitors.ts'
import type { Truth } from './truths.ts'
import type { NewFeedback } from './read-new-feedback.ts'

/** What was said about a row that is in no closed window yet. */
export interface PendingLabel {
  truth: Truth
  /** When it was said, epoch ms. */
  at: number
  /** Of the answer: when, and the beginning of the hash of its model. */
  time: number
  artifact: string
  before: LogPosition
}

/** Labels between their coming and the window that they are of. */
export interface LabelBook {
  readonly size: number
  take(said: NewFeedback): void
  /** Of these rows, by their places; they leave the book. */
  claim(ids: readonly string[]): StoredTruth[]
  /** Those that are of closed windows, which are given in the order of time. What can be of none any more leaves the book. */
  late(windows: readonly WindowRecord[]): Map<WindowRecord, string[]>
  drop(ids: readonly string[]): void
  /** Where reading has to begin again so that no label that still waits is lost; null: nothing waits. */
  readonly firstPosition: LogPosition | null
}

/** More are not waited for: the oldest go. */
const mostPending = 200_000
/** Ids tell whole milliseconds. */
const roundingMs = 1

export function createLabelBook(options: { secret: string; deployment: number }): LabelBook {
  const pending = new Map<string, PendingLabel>()
  return {
    get size() {
      return pending.size
    },
    take({ feedback, before }) {
      const { predictionId: id, label, isRight, score, time: at } = feedback
      const origin = readPredictionId(id, options.secret)
      if (!origin || origin.deployment !== options.deployment) return
      const known = pending.get(id)
      if (known && known.at > at) return
      pending.set(id, {
        truth: { label: label ?? null, isRight: isRight ?? null, score: score ?? null },
        at,
        time: origin.time,
        artifact: origin.artifact,
        before: known?.before ?? before,
      })
      if (pending.size > mostPending) pending.delete(pending.keys().next().value!)
    },
    claim(ids) {
      const claimed: StoredTruth[] = []
      if (pending.size === 0) return claimed
      for (const [place, id] of ids.entries()) {
        const found = pending.get(id)
        if (!found) continue
        const { label, isRight, score } = found.truth
        claimed.push([place, found.at, label, isRight, score])
        pending.delete(id)
      }
      return claimed
    },
    late(windows) {
      const found = new Map<WindowRecord, string[]>()
      if (pending.size === 0) return found
      const byArtifact = Map.groupBy(windows, ({ artifact }) => artifact.slice(0, 8))
      for (const [id, { artifact, time }] of pending) {
        const own = byArtifact.get(artifact)
        if (!own) continue
        const around = windowsAround(own, time)
        for (const window of around) {
          const ids = found.get(window)
          if (ids) ids.push(id)
          else found.set(window, [id])
        }
        const isPast = own.at(-1)!.lastAt > time + roundingMs
        if (around.length === 0 && isPast) pending.delete(id)
      }
      return found
    },
    drop(ids) {
      for (const id of ids) pending.delete(id)
    },
    get firstPosition() {
      for (const { before } of pending.values()) return before
      return null
    },
  }
}

function windowsAround(windows: readonly WindowRecord[], time: number): WindowRecord[] {
  let [low, high] = [0, windows.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (windows[middle]!.lastAt < time - roundingMs) low = middle + 1
    else high = middle
  }
  const around: WindowRecord[] = []
  for (let at = low; at < windows.length && windows[at]!.firstAt <= time + roundingMs; at++)
    around.push(windows[at]!)
  return around
}
