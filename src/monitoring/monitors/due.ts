import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { MonitorSpec } from '../../core/monitor.ts'
import type { Measured } from './watch-messages.ts'

/** What is known of a deployment without a look into its log. */
export interface KnownOfLog {
  /** Up to which moment it would be measured, epoch ms. */
  at: number
  /** Rows that were answered since the endpoint was switched on; null while it is off. */
  answered: number | null
  /** Bytes of the newest files of what was said. */
  said: number
}

/** Several processes write at the same time, each into a file of its own. */
const newestFiles = 32

export async function bytesOfFeedback(folder: string): Promise<number> {
  const names = await readdir(folder).catch(() => [])
  const newest = names
    .filter((name) => name.startsWith('feedback-'))
    .toSorted()
    .slice(-newestFiles)
  const sizes = await Promise.all(newest.map((name) => sizeOf(join(folder, name))))
  return sizes.reduce((sum, size) => sum + size, 0)
}

/** Starting takes longer than measuring: what comes quickly is measured together. */
const leastGapMs = 15_000

const sizeOf = async (path: string): Promise<number> => (await stat(path).catch(() => null))?.size ?? 0

/** Tells when a window may have ended, or something was said, since a deployment was measured last. */
export interface DueBook {
  /** Asked every few seconds; who is told so measures. */
  isDue(name: string, now: KnownOfLog, watched: { spec: MonitorSpec; open: Measured['open'] }): boolean
}

export function createDueBook(): DueBook {
  const measured = new Map<string, KnownOfLog>()
  const asked = new Map<string, KnownOfLog>()
  return {
    isDue(name, now, watched) {
      const before = asked.get(name)
      asked.set(name, now)
      const last = measured.get(name)
      if (last && (now.at - last.at < leastGapMs || !hasCome(last, now, watched))) return false
      // What was answered just now is on its way into the log: it counts the next time.
      measured.set(name, { ...now, answered: now.answered === null ? null : (before?.answered ?? 0) })
      return true
    },
  }
}

function hasCome(
  last: KnownOfLog,
  now: KnownOfLog,
  { spec: { window }, open }: { spec: MonitorSpec; open: Measured['open'] },
): boolean {
  if (now.said !== last.said || (now.answered === null) !== (last.answered === null)) return true
  const answered = (now.answered ?? 0) - (last.answered ?? 0)
  if (answered < 0) return true
  if (window.kind === 'rows') return answered >= window.rows - Math.max(0, ...open.map(({ rows }) => rows))
  const spanMs = window.minutes * 60_000
  const isLater = Math.floor(now.at / spanMs) > Math.floor(last.at / spanMs)
  return isLater && (answered > 0 || open.length > 0)
}
