import { operationMetrics } from '../../core/monitor-metrics.ts'
import type { Tracking } from '../../storage/open-tracking.ts'

const dayMs = 86_400_000
/** Points by the minute are many. */
const minutesKeptMs = 14 * dayMs
const mostWindows = 5_000

/** Windows are kept as long as the log that their rows are in, but not more than 5 000 of a deployment. */
export function forgetOldPoints(tracking: Tracking, now: number): void {
  for (const { number, spec } of tracking.deployments.list())
    tracking.note(() =>
      tracking.monitors.forget(number, {
        windows: now - spec.log.keepDays * dayMs,
        mostWindows,
        minutes: now - minutesKeptMs,
        minuteMetrics: operationMetrics,
      }),
    )
}
