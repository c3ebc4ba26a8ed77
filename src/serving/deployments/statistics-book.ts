import type { StatisticsPoint, StatisticsTotals } from '../../contract/deployment-statistics.ts'
import { latencyBounds, type Histogram, type ServerStatistics } from '../server-protocol.ts'
import { histogramQuantile } from './histogram-quantile.ts'
import { addHistograms, endedWorker, mergeStatistics, statisticsSince } from './merge-statistics.ts'

/** What the processes of an endpoint told of themselves, since it was switched on. */
export interface StatisticsBook {
  /** `process` tells one process from the next that has the same worker number. */
  take(process: number, statistics: ServerStatistics): void
  /** What it counted stays in the sums. */
  end(process: number): void
  /** The newest of each process, and one entry for those that have ended. */
  all(): ServerStatistics[]
  merged(): ServerStatistics
  /** What they did between the last two times that each of them told. */
  point(now: number): StatisticsPoint
  totals(): StatisticsTotals
}

interface Told {
  before: ServerStatistics | null
  now: ServerStatistics
}

/** Who has told nothing for longer does nothing, as far as one can see. */
const staleMs = 2_500

export function createStatisticsBook(since: number): StatisticsBook {
  const told = new Map<number, Told>()
  let ended: ServerStatistics | null = null
  const all = (): ServerStatistics[] => [
    ...[...told.values()].map(({ now }) => now),
    ...(ended ? [ended] : []),
  ]
  const merged = (): ServerStatistics => mergeStatistics(all())
  return {
    take(process, statistics) {
      told.set(process, { before: told.get(process)?.now ?? null, now: statistics })
    },
    end(process) {
      const last = told.get(process)
      told.delete(process)
      if (!last) return
      const gone = { ...last.now, queueDepth: 0, residentBytes: 0 }
      ended = mergeStatistics(ended ? [ended, gone] : [gone], endedWorker)
    },
    all,
    merged,
    point: (now) =>
      pointOf(
        [...told.values()].filter((each) => now - each.now.at < staleMs),
        now,
      ),
    totals() {
      const { versions, errors, log } = merged()
      const counted = Object.values(versions)
      return {
        since,
        requests: counted.reduce((sum, { requests }) => sum + requests, 0),
        rows: counted.reduce((sum, { rows }) => sum + rows, 0),
        errors,
        logged: log.records,
        logDropped: log.dropped,
      }
    },
  }
}

interface Rates {
  requests: number
  rows: number
  errors: number
  latency: Histogram
}

const noRates = (): Rates => ({ requests: 0, rows: 0, errors: 0, latency: { counts: [], sum: 0 } })

function pointOf(told: readonly Told[], at: number): StatisticsPoint {
  const all = noRates()
  const byVersion = new Map<
    string,
    Rates & Pick<StatisticsPoint['versions'][number], 'model' | 'version' | 'role'>
  >()
  const errors = new Map<string, number>()
  let batches: Histogram = { counts: [], sum: 0 }
  let cpuShare = 0
  let logDropped = 0
  for (const { before, now } of told) {
    if (!before || now.at <= before.at) continue
    const seconds = (now.at - before.at) / 1_000
    const { versions, ...since } = statisticsSince(before, now)
    for (const [key, version] of Object.entries(versions)) {
      const { model, role } = version
      const own = byVersion.get(key) ?? { model, version: version.version, role, ...noRates() }
      byVersion.set(key, own)
      for (const rates of [own, ...(role === 'shadow' ? [] : [all])]) addRates(rates, version, seconds)
    }
    for (const [reason, count] of Object.entries(since.errors))
      if (count > 0) errors.set(reason, (errors.get(reason) ?? 0) + count / seconds)
    batches = addHistograms(batches, since.batches)
    cpuShare += since.cpuSeconds / seconds
    logDropped += since.log.dropped / seconds
  }
  const runs = batches.counts.reduce((sum, count) => sum + count, 0)
  return {
    at,
    ...shownRates(all),
    errorsPerSecond: [...errors.values()].reduce((sum, rate) => sum + rate, 0),
    errors: Object.fromEntries(errors),
    batchRows: runs === 0 ? null : batches.sum / runs,
    queueDepth: told.reduce((sum, { now }) => sum + now.queueDepth, 0),
    residentBytes: told.reduce((sum, { now }) => sum + now.residentBytes, 0),
    cpuShare,
    versions: [...byVersion.values()].map(({ model, version, role, ...rates }) => {
      const shown = shownRates(rates)
      return Object.assign(shown, { model, version, role })
    }),
    logDroppedPerSecond: logDropped,
  }
}

function addRates(rates: Rates, counted: Rates, seconds: number): void {
  rates.requests += counted.requests / seconds
  rates.rows += counted.rows / seconds
  rates.errors += counted.errors / seconds
  rates.latency = addHistograms(rates.latency, counted.latency)
}

function shownRates({ requests, rows, errors, latency }: Rates) {
  return {
    requestsPerSecond: requests,
    rowsPerSecond: rows,
    errorsPerSecond: errors,
    ...shownLatency(latency),
  }
}

/** In milliseconds. */
export function shownLatency(latency: Histogram): Pick<StatisticsPoint, 'p50Ms' | 'p95Ms' | 'p99Ms'> {
  const quantile = (share: number): number | null => {
    const seconds = histogramQuantile(latency, latencyBounds, share)
    return seconds === null ? null : seconds * 1_000
  }
  return { p50Ms: quantile(0.5), p95Ms: quantile(0.95), p99Ms: quantile(0.99) }
}
