import { describe, expect, it } from 'vitest'
import { judgeCanary } from '../../../../src/serving/deployments/watch-canary.ts'
import { latencyBounds, type VersionStatistics } from '../../../../src/serving/server-protocol.ts'
import { noStatistics } from './fake-server.ts'

const rule = { minimumRequests: 100, errorMargin: 0.02, latencyFactor: 1.5 }

const answered = (
  version: number,
  { requests, errors = 0, within }: { requests: number; errors?: number; within: number },
): VersionStatistics => ({
  model: 'churn',
  version,
  role: version === 1 ? 'live' : 'canary',
  requests,
  rows: requests,
  errors,
  lastAt: null,
  latency: {
    counts: [...latencyBounds.map((bound) => (bound === within ? requests : 0)), 0],
    sum: requests * within,
  },
  labels: {},
  value: { count: 0, sum: 0, sumOfSquares: 0 },
})

const judged = (live: VersionStatistics, canary: VersionStatistics) =>
  judgeCanary({ ...noStatistics(0), versions: { 'churn:1': live, 'churn:2': canary } }, canary, rule).problem

describe('a canary', () => {
  it('is judged by its speed where enough was answered to compare it with', () => {
    const slow = answered(2, { requests: 200, within: 0.02 })
    expect(judged(answered(1, { requests: 200, within: 0.005 }), slow)).toContain('95 % of its answers took')
    expect(judged(answered(1, { requests: 200, within: 0.02 }), slow)).toBeNull()
    expect(judged(answered(1, { requests: 3, within: 0.005 }), slow)).toBeNull()
  })

  it('may fail as often as the others and a margin, and as much more as may be chance', () => {
    const live = answered(1, { requests: 980, errors: 20, within: 0.005 })
    const failing = (errors: number) => answered(2, { requests: 100 - errors, errors, within: 0.005 })
    expect(judged(live, failing(6))).toBeNull()
    expect(judged(live, failing(16))).toContain('16.0 % of its 100 requests failed, where 4.0 % are allowed')
  })
})
