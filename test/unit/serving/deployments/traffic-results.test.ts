import { describe, expect, it } from 'vitest'
import { trafficResults } from '../../../../src/serving/deployments/traffic-results.ts'
import { latencyBounds, type VersionStatistics } from '../../../../src/serving/server-protocol.ts'
import { noStatistics } from './fake-server.ts'

const counted = (fields: Partial<VersionStatistics>): VersionStatistics => ({
  model: 'churn',
  version: 1,
  role: 'live',
  requests: 1_000,
  rows: 1_000,
  errors: 0,
  lastAt: null,
  latency: { counts: latencyBounds.map((_, index) => (index === 1 ? 1_000 : 0)), sum: 0.8 },
  labels: { Yes: 300, No: 700 },
  value: { count: 0, sum: 0, sumOfSquares: 0 },
  ...fields,
})

const served = (version: number, role: 'live' | 'shadow', weight = 1) => ({
  model: 'churn',
  version,
  role,
  weight,
  artifact: `m${version}`,
  folder: '',
})

describe('versions beside each other', () => {
  it('are compared with the first live one, by what they answer, fail and get right', () => {
    const { comparisons, versions } = trafficResults({
      since: 0,
      counted: {
        ...noStatistics(0),
        versions: {
          'churn:1': counted({}),
          'churn:2': counted({ version: 2, errors: 120, labels: { Yes: 310, No: 690 } }),
        },
      },
      configuration: { versions: [served(1, 'live'), served(2, 'live')] },
      quality: new Map([
        ['churn:1', { metric: 'accuracy', right: 400, count: 500 }],
        ['churn:2', { metric: 'accuracy', right: 300, count: 500 }],
      ]),
      canary: null,
    })
    expect(versions.map(({ version, meanLatencyMs }) => [version, meanLatencyMs])).toEqual([
      [1, 0.8],
      [2, 0.8],
    ])
    expect(comparisons.map(({ metric, label, verdict }) => [metric, label, verdict])).toEqual([
      ['error-share', null, 'worse'],
      ['answer-share', 'No', 'undecided'],
      ['answer-share', 'Yes', 'undecided'],
      ['accuracy', null, 'worse'],
    ])
  })

  it('may answer with words that every object has as names', () => {
    const { comparisons } = trafficResults({
      since: 0,
      counted: {
        ...noStatistics(0),
        versions: {
          'churn:1': counted({ labels: { Yes: 100 } }),
          'churn:2': counted({ version: 2, labels: { constructor: 100 } }),
        },
      },
      configuration: { versions: [served(1, 'live'), served(2, 'live')] },
      quality: new Map(),
      canary: null,
    })
    expect(comparisons.map(({ label, difference }) => [label, difference])).toEqual([
      [null, 0],
      ['Yes', -1],
      ['constructor', 1],
    ])
  })

  it('have shadows that agree, or not', () => {
    const { shadows } = trafficResults({
      since: 0,
      counted: {
        ...noStatistics(0),
        versions: { 'churn:1': counted({}) },
        shadow: {
          'churn:2': {
            compared: 200,
            agreed: 190,
            dropped: 3,
            difference: { count: 200, sum: 2, sumOfSquares: 4 },
          },
        },
      },
      configuration: { versions: [served(1, 'live'), served(2, 'shadow')] },
      quality: new Map(),
      canary: null,
    })
    expect(shadows).toMatchObject([
      { version: 2, compared: 200, dropped: 3, agreement: { value: 0.95 }, meanDifference: { value: 0.01 } },
    ])
  })
})
