import type { OutputColumns } from '../../onnx/session.ts'
import {
  batchBounds,
  latencyBounds,
  type Histogram,
  type ServerStatistics,
  type ShadowStatistics,
  type VersionStatistics,
} from '../server-protocol.ts'
import { addValue, countValue, emptyHistogram } from './count-values.ts'

/** What a server process counts, as plain numbers that are cheap to change. */
export interface ServerCounters {
  version(version: Pick<VersionStatistics, 'model' | 'version' | 'role'>): VersionStatistics
  /** By the code of the error, of which the area is left out. */
  countError(code: string): void
  countBatch(rows: number): void
  shadowOf(key: string): ShadowStatistics
  statistics(now: Pick<ServerStatistics, 'queueDepth' | 'log'>): ServerStatistics
}

/** Labels of one version that are counted apart; an endpoint may answer with a text of any kind. */
const mostLabels = 100

export function createCounters(worker: number): ServerCounters {
  const versions: Record<string, VersionStatistics> = {}
  const errors: Record<string, number> = {}
  const batches: Histogram = emptyHistogram(batchBounds)
  const shadow: Record<string, ShadowStatistics> = {}
  return {
    shadowOf: (key) =>
      (shadow[key] ??= {
        compared: 0,
        agreed: 0,
        dropped: 0,
        difference: { count: 0, sum: 0, sumOfSquares: 0 },
      }),
    version({ model, version, role }) {
      const key = role === 'fallback' ? role : `${model}:${version}`
      const known = versions[key]
      if (known) {
        known.role = role
        return known
      }
      return (versions[key] = {
        model,
        version,
        role,
        requests: 0,
        rows: 0,
        errors: 0,
        lastAt: null,
        latency: emptyHistogram(latencyBounds),
        // A label may be called “constructor”.
        labels: Object.create(null) as Record<string, number>,
        value: { count: 0, sum: 0, sumOfSquares: 0 },
      })
    },
    countError(code) {
      const reason = code === 'server.model-failed' ? 'model' : code.split('.').at(-1)!
      errors[reason] = (errors[reason] ?? 0) + 1
    },
    countBatch: (rows) => countValue(batches, batchBounds, rows),
    statistics({ queueDepth, log }) {
      const { user, system } = process.cpuUsage()
      return {
        worker,
        at: Date.now(),
        queueDepth,
        residentBytes: process.memoryUsage.rss(),
        cpuSeconds: (user + system) / 1e6,
        versions,
        errors,
        batches,
        shadow,
        log,
      }
    },
  }
}

/** Counts a request that was answered, and what it said. */
export function countAnswer(
  counters: VersionStatistics,
  answer: { rows: number; from: number; outputs: OutputColumns; latencySeconds: number; time: number },
): void {
  const { rows, from, outputs, latencySeconds, time } = answer
  counters.requests += 1
  counters.rows += rows
  counters.lastAt = time
  countValue(counters.latency, latencyBounds, latencySeconds)
  const { label, value } = outputs
  for (let at = from; at < from + rows; at++) {
    if (label) countLabel(counters.labels, String(label[at]))
    else if (value) addValue(counters.value, Number(value[at]))
  }
}

function countLabel(labels: Record<string, number>, label: string): void {
  const known = labels[label]
  if (known !== undefined) labels[label] = known + 1
  else if (Object.keys(labels).length < mostLabels) labels[label] = 1
}
