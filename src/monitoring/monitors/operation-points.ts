import type { OperationMetric } from '../../core/monitor-metrics.ts'
import type { MonitorPoint } from '../../core/monitor.ts'
import {
  addHistograms,
  mergeStatistics,
  statisticsSince,
} from '../../serving/deployments/merge-statistics.ts'
import { shownLatency } from '../../serving/deployments/statistics-book.ts'
import type { Histogram, ServerStatistics } from '../../serving/server-protocol.ts'

/** What the processes of an endpoint had counted at a moment, epoch ms. */
export interface CountedSoFar {
  at: number
  processes: readonly ServerStatistics[]
}

/** What the processes of an endpoint did between two looks: as a whole, and each by itself. */
export function operationPoints(before: CountedSoFar, now: CountedSoFar): MonitorPoint[] {
  const { versions, errors } = statisticsSince(
    mergeStatistics(before.processes),
    mergeStatistics(now.processes),
  )
  const answering = Object.values(versions).filter(({ role }) => role !== 'shadow')
  const answered = sumOf(answering, ({ requests }) => requests)
  const failed = sumOf(Object.values(errors), (count) => count)
  const asked = answered + failed
  const latency = answering
    .map((version) => version.latency)
    .reduce<Histogram>(addHistograms, { counts: [], sum: 0 })
  const { p50Ms, p95Ms, p99Ms } = shownLatency(latency)
  const fallback = sumOf(
    answering.filter(({ role }) => role === 'fallback'),
    ({ requests }) => requests,
  )
  const point = (
    metric: OperationMetric,
    { value, rows, column = null }: { value: number | null; rows: number; column?: string | null },
  ): MonitorPoint[] =>
    value === null ? [] : [{ ...blank, metric, column, from: before.at, to: now.at, rows, value }]
  return [
    ...point('requests', { value: asked, rows: asked }),
    ...point('rows', { value: sumOf(answering, ({ rows }) => rows), rows: asked }),
    ...point('latency-p50', { value: p50Ms, rows: answered }),
    ...point('latency-p95', { value: p95Ms, rows: answered }),
    ...point('latency-p99', { value: p99Ms, rows: answered }),
    ...point('error-share', { value: asked === 0 ? null : failed / asked, rows: asked }),
    ...point('fallback-share', { value: answered === 0 ? null : fallback / answered, rows: answered }),
    ...now.processes
      .filter(({ worker }) => worker >= 0)
      .flatMap((process) => {
        const earlier = before.processes.find(({ worker }) => worker === process.worker)
        const seconds = (now.at - before.at) / 1_000
        const used = process.cpuSeconds - (earlier?.cpuSeconds ?? 0)
        const column = String(process.worker)
        // A process that took the place of another has counted from nothing.
        const cpu = point('cpu', { value: Math.max(0, used) / seconds, rows: asked, column })
        return cpu.concat(point('memory', { value: process.residentBytes, rows: asked, column }))
      }),
  ]
}

const blank = {
  segment: null,
  version: null,
  low: null,
  high: null,
  reference: null,
  limit: null,
  isBeyond: false,
  method: null,
}

const sumOf = <Item>(items: readonly Item[], of: (item: Item) => number): number =>
  items.reduce((sum, item) => sum + of(item), 0)
