import { describe, expect, it } from 'vitest'
import { after, type LiveDeployment } from '../../../renderer/serving/follow-deployments.ts'
import { drawSeconds } from '../../../renderer/serving/draw-seconds.ts'
import { endpointName, referencesOf } from '../../../renderer/serving/registered-references.ts'
import { draftOf, readDraft } from '../../../renderer/serving/spec-draft.ts'
import type { DeploymentInfo } from '../../../src/contract/deployment-info.ts'
import type { StatisticsPoint } from '../../../src/contract/deployment-statistics.ts'
import { deploymentSpecSchema, type DeploymentSpec } from '../../../src/core/deployment.ts'

const spec = deploymentSpecSchema.parse({
  name: 'churn',
  versions: [
    { reference: 'churn@champion', role: 'live', weight: 3 },
    { reference: 'churn:2', role: 'shadow', weight: 0.5 },
  ],
  port: 8080,
  workers: 2,
  stickyBy: 'header:x-customer',
  fallback: { kind: 'rule', expression: 'tenure < 12' },
  log: { share: 0.25, keepDays: 30, keepMb: 100, neverLogged: ['name'] },
  canary: { minimumRequests: 10, errorMargin: 0.1, latencyFactor: 3 },
})

describe('the form of an endpoint', () => {
  it('gives back the spec it was filled from', () => {
    const fallbacks: DeploymentSpec['fallback'][] = [
      { kind: 'none' },
      { kind: 'constant', answer: 'No' },
      { kind: 'constant', answer: 1.5 },
      { kind: 'version', reference: 'churn:1' },
      { kind: 'rule', expression: 'tenure < 12' },
    ]
    for (const fallback of fallbacks) {
      const filled = { ...spec, fallback }
      expect(readDraft(draftOf(filled), filled)).toEqual({ spec: filled })
    }
    const plain = deploymentSpecSchema.parse({ name: 'a', versions: [{ reference: 'a' }] })
    expect(readDraft(draftOf(plain), plain)).toEqual({ spec: plain })
  })

  it('accuses the field that was typed into', () => {
    const draft = {
      ...draftOf(spec),
      name: 'Not A Name',
      port: '99999',
      keepDays: 'many',
      versions: [{ reference: 'churn', role: 'live' as const, weight: 'x' }],
    }
    const read = readDraft(draft, spec)
    const problems = 'problems' in read ? [...read.problems.keys()] : []
    expect(problems.toSorted()).toEqual(['log.keepDays', 'name', 'port', 'versions.0.weight'])
  })

  it('says in plain words what is missing', () => {
    const read = readDraft({ ...draftOf(null), name: 'churn' }, null)
    const problems = 'problems' in read ? Object.fromEntries(read.problems) : {}
    expect(problems).toEqual({ 'versions.0.reference': 'Choose a version.' })
  })

  it('proposes a name that can stand in an address', () => {
    expect(endpointName('Telco churn@champion')).toBe('telco-churn')
    expect(endpointName('  __ä__:3')).toBe('')
    expect(endpointName('x'.repeat(90))).toHaveLength(63)
  })

  it('lists what can be served, with what is served although it is gone', () => {
    const latest = {
      model: 'churn',
      version: 2,
      artifact: 'a',
      aliases: ['champion'],
      runId: null,
      metrics: {},
      description: '',
      createdAt: 0,
    }
    const models = [{ name: 'churn', createdAt: 0, latest, aliases: { champion: 1 } }]
    const values = (current: string) => referencesOf(models, current).map(({ value }) => value)
    expect(values('')).toEqual(['churn@champion', 'churn', 'churn:2', 'churn:1'])
    expect(values('gone:1')).toEqual(['gone:1', 'churn@champion', 'churn', 'churn:2', 'churn:1'])
  })
})

const info = (name: string, state: DeploymentInfo['state']): DeploymentInfo => ({
  name,
  spec,
  revision: 1,
  isOn: true,
  state,
  since: 0,
  address: null,
  grpcAddress: null,
  needsToken: false,
  isTied: false,
  port: null,
  versions: [],
  processes: [],
  error: null,
  madeBy: null,
  createdAt: 0,
  changedAt: 0,
})

const point = (at: number, values: Partial<StatisticsPoint> = {}): StatisticsPoint => ({
  at,
  requestsPerSecond: 10,
  rowsPerSecond: 10,
  errorsPerSecond: 0,
  p50Ms: 1,
  p95Ms: 2,
  p99Ms: 3,
  errors: {},
  batchRows: 1,
  queueDepth: 0,
  residentBytes: 0,
  cpuShare: 0,
  versions: [],
  logDroppedPerSecond: 0,
  ...values,
})

describe('what is known of endpoints', () => {
  it('follows their states and keeps the points of ten minutes', () => {
    let known: ReadonlyMap<string, LiveDeployment> = new Map()
    known = after(known, { event: 'state', deployment: info('a', 'starting') })
    const totals = { since: 0, requests: 1, rows: 1, errors: {}, logged: 1, logDropped: 0 }
    for (let at = 0; at < 700; at += 1)
      known = after(known, { event: 'statistics', name: 'a', point: point(at), totals })
    known = after(known, { event: 'state', deployment: info('a', 'on') })
    const a = known.get('a')!
    expect([a.info.state, a.points.length, a.points[0]!.at, a.totals]).toEqual(['on', 600, 100, totals])
    expect(after(known, { event: 'removed', name: 'a' }).size).toBe(0)
    expect(after(known, { event: 'statistics', name: 'gone', point: point(1), totals })).toBe(known)
  })

  it('draws a silence as a gap and each reason for errors as a line', () => {
    const theme = {
      series: ['#000'] as const,
      text: '',
      muted: '',
      line: '',
      surface: '',
      accent: '',
      bad: '',
      font: '',
    }
    const points = [point(1000), point(2000, { errors: { 'bad-input': 2 } }), point(9000)]
    const rates = {
      title: 'Rate',
      unit: '',
      lines: [{ name: 'n', valueOf: ({ at }: StatisticsPoint) => at }],
    }
    const drawn = drawSeconds(rates, { points, theme })
    const [series] = drawn.option.series as { data: [number, number | null][] }[]
    expect(series!.data).toEqual([
      [1000, 1000],
      [2000, 2000],
      [2001, null],
      [9000, 9000],
    ])
    const errors = drawSeconds({ title: 'Errors', unit: '', lines: 'errors' }, { points, theme })
    const lines = errors.option.series as { name: string; data: [number, number | null][] }[]
    expect(lines.map(({ name }) => name)).toEqual(['bad input'])
    expect(errors.summary).toBe('Errors, now: bad input 0.')
  })
})
