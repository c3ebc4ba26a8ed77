import { expect, it } from 'vitest'
import { deploymentSpecSchema } from '../../../src/core/deployment.ts'
import type { MonitorPoint } from '../../../src/core/monitor.ts'
import { temporaryTracking } from './storage-samples.ts'

const pointAt = (column: string, from: number): MonitorPoint => ({
  metric: 'column-drift',
  column,
  segment: null,
  version: 'churn:1',
  from,
  to: from + 9,
  rows: 10,
  value: 0,
  low: null,
  high: null,
  reference: null,
  limit: null,
  isBeyond: false,
  method: null,
})

it('gives the newest points of some series, whichever of them they are of', () => {
  const tracking = temporaryTracking()
  const spec = deploymentSpecSchema.parse({ name: 'churn', versions: [{ reference: 'churn' }] })
  const { number } = tracking.deployments.apply({ spec, madeBy: null, now: 1 }).deployment
  const all = [
    ...Array.from({ length: 40 }, (_, at) => pointAt('busy', at * 10)),
    ...Array.from({ length: 6 }, (_, at) => pointAt('rare', at * 70)),
    pointAt('old', 5),
  ]
  tracking.monitors.keepPoints(number, all)
  const named = (points: readonly MonitorPoint[]) => points.map(({ column, from }) => `${column} ${from}`)
  const newestFirst = all.toSorted((a, b) => b.from - a.from || (a.column! < b.column! ? 1 : -1))
  for (const limit of [1, 5, 20, 46, 100])
    for (const range of [{}, { to: 200 }, { from: 101 }, { from: 101, to: 250 }]) {
      const { from = 0, to = Infinity } = range
      const wanted = newestFirst.filter((point) => point.to >= from && point.from <= to).slice(0, limit)
      expect(named(tracking.monitors.points(number, { ...range, limit }))).toEqual(named(wanted))
    }
  expect(named(tracking.monitors.points(number, { column: 'old', limit: 3 }))).toEqual(['old 5'])
})

it('forgets series of which nothing is kept', () => {
  const tracking = temporaryTracking()
  const spec = deploymentSpecSchema.parse({ name: 'churn', versions: [{ reference: 'churn' }] })
  const { number } = tracking.deployments.apply({ spec, madeBy: null, now: 1 }).deployment
  const inTown = (value: string, from: number) =>
    Object.assign(pointAt('x', from), { segment: { column: 'town', value } })
  tracking.monitors.keepPoints(number, [inTown('Ulm', 10), inTown('Bonn', 10), inTown('Bonn', 50)])
  expect(tracking.monitors.segments(number).map(({ value }) => value)).toEqual(['Bonn', 'Ulm'])
  tracking.monitors.forget(number, { windows: 30, mostWindows: 10, minutes: 0, minuteMetrics: ['requests'] })
  expect(tracking.monitors.segments(number).map(({ value }) => value)).toEqual(['Bonn'])
})
