import { alertRuleSchema, type AlertRule } from '../../../../src/core/alert-rule.ts'
import { monitorSpecSchema, type MonitorPoint, type MonitorSpec } from '../../../../src/core/monitor.ts'
import type { MeasuredPoints, Monitors } from '../../../../src/monitoring/monitors/monitors.ts'

export const minute = 60_000

export const ruleOf = (fields: Partial<AlertRule> = {}): AlertRule =>
  alertRuleSchema.parse({ id: 'drift', title: 'Drift', metric: 'drift-share', ...fields })

/** The window that ended with that minute. */
export const pointAt = (at: number, fields: Partial<MonitorPoint> = {}): MonitorPoint => ({
  metric: 'drift-share',
  column: null,
  segment: null,
  version: 'churn:1',
  from: (at - 1) * minute,
  to: at * minute,
  rows: 1_000,
  value: 0.1,
  low: null,
  high: null,
  reference: null,
  limit: 0.5,
  isBeyond: false,
  method: null,
  ...fields,
})

/** A window beyond its limit. */
export const beyondAt = (at: number, fields: Partial<MonitorPoint> = {}): MonitorPoint =>
  pointAt(at, { value: 0.75, isBeyond: true, ...fields })

/** What monitors would have measured: points are put in by hand, since what makes them has tests of its own. */
export function handMeasured(rules: readonly AlertRule[]) {
  const listeners = new Set<(measured: MeasuredPoints) => void>()
  const points: MonitorPoint[] = []
  const monitors: Pick<Monitors, 'series' | 'spec' | 'onPoints'> = {
    series(_, { metric, column, segment, version, limit = 2_000 }) {
      const fitting = points.filter(
        (point) =>
          point.metric === metric &&
          (column === undefined || point.column === column) &&
          (segment === undefined || JSON.stringify(point.segment) === JSON.stringify(segment)) &&
          (version === undefined || point.version === version),
      )
      return { points: fitting.slice(-limit), isCut: fitting.length > limit }
    },
    spec: () => ({ spec, isOwn: true }),
    onPoints(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
  let spec: MonitorSpec = monitorSpecSchema.parse({ rules })
  return {
    monitors,
    measure: (...measured: MonitorPoint[]): void => {
      points.push(...measured)
      for (const listener of listeners) listener({ name: 'churn', points: measured })
    },
    change: (fields: Partial<MonitorSpec>): void => {
      spec = { ...spec, ...fields }
    },
  }
}
