import { describe, expect, it } from 'vitest'
import { defaultMonitor, monitorSpecSchema, type MonitorPoint } from '../../../src/core/monitor.ts'
import {
  draftOfMonitor,
  emptyBusiness,
  readMonitorDraft,
} from '../../../renderer/monitoring/monitor-draft.ts'
import { healthOf } from '../../../renderer/monitoring/health-words.ts'
import { linesOf } from '../../../renderer/monitoring/use-series.ts'

const point = (version: string | null, from: number, more: Partial<MonitorPoint> = {}): MonitorPoint => ({
  metric: 'drift-share',
  column: null,
  segment: null,
  version,
  from,
  to: from + 10,
  rows: 100,
  value: 0.2,
  low: null,
  high: null,
  reference: null,
  limit: 0.5,
  isBeyond: false,
  method: null,
  ...more,
})

describe('what is watched, as it is typed', () => {
  it('comes back as it was when nothing is changed', () => {
    const own = monitorSpecSchema.parse({
      window: { kind: 'time', minutes: 15 },
      columns: { age: { method: 'kolmogorov-smirnov', limit: 0.01 }, name: { isIgnored: true } },
      segments: ['region'],
      quality: { margin: 0.07 },
      business: [{ name: 'revenue', expression: 'price', aggregate: 'sum', unit: 'EUR', least: 10 }],
    })
    for (const spec of [defaultMonitor, own])
      expect(readMonitorDraft(draftOfMonitor(spec), spec)).toEqual({ spec })
  })

  it('says what is wrong at the field where it is', () => {
    const draft = {
      ...draftOfMonitor(defaultMonitor),
      windowSize: '',
      business: [{ ...emptyBusiness, name: 'Two Words', expression: 'price' }],
    }
    const read = readMonitorDraft(draft, defaultMonitor)
    expect([...('problems' in read ? read.problems.keys() : [])]).toEqual(['window.rows', 'business.0.name'])
  })

  it('forgets no method of a column that is ignored and taken back', () => {
    const spec = monitorSpecSchema.parse({ columns: { age: { method: 'wasserstein', limit: 0.3 } } })
    const ignored = readMonitorDraft({ ...draftOfMonitor(spec), ignored: ['age', 'city'] }, spec)
    expect(ignored).toMatchObject({
      spec: {
        columns: { age: { method: 'wasserstein', limit: 0.3, isIgnored: true }, city: { isIgnored: true } },
      },
    })
  })
})

describe('what was measured', () => {
  it('is one line where versions followed one another', () => {
    const lines = linesOf([point('m:1', 0), point('m:1', 10), point('m:2', 20), point('m:3', 30)])
    expect(lines.map(({ name, points }) => [name, points.length])).toEqual([
      ['one version after the other', 4],
    ])
  })

  it('is a line for each version where they answered beside each other, and for each process', () => {
    expect(linesOf([point('m:1', 0), point('m:2', 5), point('m:1', 10)]).map(({ name }) => name)).toEqual([
      'm:1',
      'm:2',
    ])
    const processes = [point(null, 0, { column: '0' }), point(null, 0, { column: '1' })]
    expect(linesOf(processes).map(({ name }) => name)).toEqual(['0', '1'])
  })
})

it('a deployment is as bad as its worst open alert, unless nobody watches it', () => {
  const overview = { health: 'ok' } as Parameters<typeof healthOf>[0]
  expect(healthOf(overview, [])).toBe('ok')
  expect(healthOf(overview, [{ severity: 'info' }])).toBe('warning')
  expect(healthOf(overview, [{ severity: 'warning' }, { severity: 'critical' }])).toBe('alert')
  expect(healthOf({ ...overview, health: 'off' }, [{ severity: 'critical' }])).toBe('off')
})
