import { describe, expect, it } from 'vitest'
import { histogramQuantile } from '../../../../src/serving/deployments/histogram-quantile.ts'
import { createStatisticsBook } from '../../../../src/serving/deployments/statistics-book.ts'
import {
  latencyBounds,
  type ServerStatistics,
  type VersionStatistics,
} from '../../../../src/serving/server-protocol.ts'
import { noStatistics } from './fake-server.ts'

const version = (requests: number, bucket: number): VersionStatistics => ({
  model: 'churn',
  version: 1,
  role: 'live',
  requests,
  rows: requests * 2,
  errors: 0,
  lastAt: null,
  latency: { counts: latencyBounds.map((_, index) => (index === bucket ? requests : 0)), sum: 0 },
  labels: {},
  value: { count: 0, sum: 0, sumOfSquares: 0 },
})

const told = (at: number, fields: Partial<ServerStatistics>): ServerStatistics => ({
  ...noStatistics(0),
  ...fields,
  at,
})

describe('the statistics of an endpoint', () => {
  it('are rates between the last two times that each process told', () => {
    const book = createStatisticsBook(0)
    book.take(1, told(1_000, { versions: { a: version(100, 3) }, errors: { busy: 1 } }))
    book.take(1, told(2_000, { versions: { a: version(150, 3) }, errors: { busy: 5 }, queueDepth: 3 }))
    book.take(2, told(1_000, { versions: {} }))
    book.take(2, told(3_000, { versions: { a: version(20, 3) } }))
    expect(book.point(3_100)).toMatchObject({
      requestsPerSecond: 60,
      rowsPerSecond: 120,
      errors: { busy: 4 },
      errorsPerSecond: 4,
      queueDepth: 3,
      p50Ms: 2.5,
      versions: [{ model: 'churn', version: 1, requestsPerSecond: 60 }],
    })
    expect(book.totals()).toMatchObject({ requests: 170, rows: 340, errors: { busy: 5 } })
  })

  it('keep what was counted by processes that have ended', () => {
    const book = createStatisticsBook(0)
    book.take(1, told(1_000, { versions: { a: version(100, 3) }, residentBytes: 5 }))
    book.end(1)
    book.take(2, told(2_000, { versions: { a: version(1, 3) }, residentBytes: 7 }))
    expect(book.totals()).toMatchObject({ requests: 101 })
    expect(book.merged()).toMatchObject({ residentBytes: 7 })
    expect(book.all().map(({ worker }) => worker)).toEqual([0, -1])
  })

  it('say nothing where nothing was answered', () => {
    const book = createStatisticsBook(0)
    expect(book.point(1)).toMatchObject({ requestsPerSecond: 0, p50Ms: null, batchRows: null })
  })
})

describe('quantiles of a histogram', () => {
  it('lie within their bucket, evenly', () => {
    const histogram = { counts: [0, 10, 0, 10, 0], sum: 0 }
    expect([0.25, 0.5, 0.75, 1].map((share) => histogramQuantile(histogram, [1, 2, 3, 4], share))).toEqual([
      1.5, 2, 3.5, 4,
    ])
  })

  it('are the last bound beyond it, and null without a value', () => {
    expect(histogramQuantile({ counts: [0, 0, 3], sum: 0 }, [1, 2], 0.5)).toBe(2)
    expect(histogramQuantile({ counts: [0, 0, 0], sum: 0 }, [1, 2], 0.5)).toBeNull()
  })
})
