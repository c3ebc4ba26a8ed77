import type { MonitorPoint } from '../../core/monitor.ts'
import type { ServerStatistics } from '../../serving/server-protocol.ts'
import { operationPoints, type CountedSoFar } from './operation-points.ts'

const minuteMs = 60_000

/** Makes points of what endpoints did, minute by minute. */
export function createMinuteCounter(options: {
  /** Null while it does not run. */
  processesOf: (name: string) => readonly ServerStatistics[] | null
  onPoints: (name: string, points: readonly MonitorPoint[]) => void
}): { count: (name: string) => void } {
  const counted = new Map<string, CountedSoFar>()
  return {
    /** Several times a minute: at the first of them, what was done since the first of the minute before. */
    count(name) {
      const at = Date.now()
      const processes = options.processesOf(name)
      const before = counted.get(name)
      if (!processes) {
        counted.delete(name)
        return
      }
      if (before && Math.floor(before.at / minuteMs) === Math.floor(at / minuteMs)) return
      const now = { at, processes }
      counted.set(name, now)
      if (before) options.onPoints(name, operationPoints(before, now))
    },
  }
}
