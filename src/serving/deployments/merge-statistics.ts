import type { Histogram, ServerStatistics, ShadowStatistics, VersionStatistics } from '../server-protocol.ts'

/** The worker number of what processes counted that have ended. */
export const endedWorker = -1

/** Counts of several processes together; `at` is the newest. */
export function mergeStatistics(
  all: readonly ServerStatistics[],
  worker: number = endedWorker,
): ServerStatistics {
  return {
    worker,
    at: Math.max(0, ...all.map(({ at }) => at)),
    queueDepth: sum(all, ({ queueDepth }) => queueDepth),
    residentBytes: sum(all, ({ residentBytes }) => residentBytes),
    cpuSeconds: sum(all, ({ cpuSeconds }) => cpuSeconds),
    versions: mergeRecords(
      all.map(({ versions }) => versions),
      mergeVersions,
    ),
    errors: mergeRecords(
      all.map(({ errors }) => errors),
      add,
    ),
    batches: all.map(({ batches }) => batches).reduce(addHistograms, noValues),
    shadow: mergeRecords(
      all.map(({ shadow }) => shadow),
      mergeShadows,
    ),
    log: {
      records: sum(all, ({ log }) => log.records),
      bytes: sum(all, ({ log }) => log.bytes),
      dropped: sum(all, ({ log }) => log.dropped),
    },
  }
}

/** What was counted between two looks at the same processes. */
export function statisticsSince(before: ServerStatistics, now: ServerStatistics): ServerStatistics {
  return {
    ...now,
    cpuSeconds: now.cpuSeconds - before.cpuSeconds,
    versions: subtractRecords(now.versions, before.versions, (after, earlier) => ({
      ...after,
      requests: after.requests - earlier.requests,
      rows: after.rows - earlier.rows,
      errors: after.errors - earlier.errors,
      latency: subtractHistograms(after.latency, earlier.latency),
      labels: subtractRecords(after.labels, earlier.labels, subtract),
      value: subtractSums(after.value, earlier.value),
    })),
    errors: subtractRecords(now.errors, before.errors, subtract),
    batches: subtractHistograms(now.batches, before.batches),
    shadow: subtractRecords(now.shadow, before.shadow, (after, earlier) => ({
      compared: after.compared - earlier.compared,
      agreed: after.agreed - earlier.agreed,
      dropped: after.dropped - earlier.dropped,
      difference: subtractSums(after.difference, earlier.difference),
    })),
    log: {
      records: now.log.records - before.log.records,
      bytes: now.log.bytes - before.log.bytes,
      dropped: now.log.dropped - before.log.dropped,
    },
  }
}

const noValues: Histogram = { counts: [], sum: 0 }

export function addHistograms(a: Histogram, b: Histogram): Histogram {
  const length = Math.max(a.counts.length, b.counts.length)
  return {
    counts: Array.from({ length }, (_, index) => (a.counts[index] ?? 0) + (b.counts[index] ?? 0)),
    sum: a.sum + b.sum,
  }
}

function subtractHistograms(after: Histogram, before: Histogram): Histogram {
  return {
    counts: after.counts.map((count, index) => count - (before.counts[index] ?? 0)),
    sum: after.sum - before.sum,
  }
}

type Sums = VersionStatistics['value']

const addSums = (a: Sums, b: Sums): Sums => ({
  count: a.count + b.count,
  sum: a.sum + b.sum,
  sumOfSquares: a.sumOfSquares + b.sumOfSquares,
})

const subtractSums = (after: Sums, before: Sums): Sums => ({
  count: after.count - before.count,
  sum: after.sum - before.sum,
  sumOfSquares: after.sumOfSquares - before.sumOfSquares,
})

function mergeVersions(a: VersionStatistics, b: VersionStatistics): VersionStatistics {
  const newer = (b.lastAt ?? 0) >= (a.lastAt ?? 0) ? b : a
  return {
    ...newer,
    requests: a.requests + b.requests,
    rows: a.rows + b.rows,
    errors: a.errors + b.errors,
    latency: addHistograms(a.latency, b.latency),
    labels: mergeRecords([a.labels, b.labels], add),
    value: addSums(a.value, b.value),
  }
}

function mergeShadows(a: ShadowStatistics, b: ShadowStatistics): ShadowStatistics {
  return {
    compared: a.compared + b.compared,
    agreed: a.agreed + b.agreed,
    dropped: a.dropped + b.dropped,
    difference: addSums(a.difference, b.difference),
  }
}

const add = (a: number, b: number): number => a + b
const subtract = (a: number, b: number): number => a - b

function sum(all: readonly ServerStatistics[], of: (each: ServerStatistics) => number): number {
  return all.reduce((total, each) => total + of(each), 0)
}

function mergeRecords<Value>(
  records: readonly Readonly<Record<string, Value>>[],
  merge: (a: Value, b: Value) => Value,
): Record<string, Value> {
  const merged = new Map<string, Value>()
  for (const record of records)
    for (const [key, value] of Object.entries(record)) {
      const known = merged.get(key)
      merged.set(key, known === undefined ? value : merge(known, value))
    }
  return Object.fromEntries(merged)
}

function subtractRecords<Value>(
  after: Readonly<Record<string, Value>>,
  before: Readonly<Record<string, Value>>,
  minus: (after: Value, before: Value) => Value,
): Record<string, Value> {
  return Object.fromEntries(
    Object.entries(after).map(([key, value]) => {
      const earlier = Object.hasOwn(before, key) ? before[key] : undefined
      return [key, earlier === undefined ? value : minus(value, earlier)]
    }),
  )
}
