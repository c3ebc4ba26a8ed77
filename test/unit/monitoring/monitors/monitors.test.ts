import { describe, expect, it } from 'vitest'
import type { MonitorMetric } from '../../../../src/core/monitor-metrics.ts'
import type { MonitorPoint } from '../../../../src/core/monitor.ts'
import type { Monitors } from '../../../../src/monitoring/monitors/monitors.ts'
import { drawRows, openWatchedEndpoint } from './watched-endpoint.ts'

const window = { kind: 'rows', rows: 200 } as const

function pointsOf(monitors: Monitors, metric: MonitorMetric): MonitorPoint[] {
  return monitors.series('churn', { metric, segment: null }).points
}

describe('windows over the log', () => {
  it('close when they are full, over requests of one row, batches and processes', async () => {
    const { monitors, answer, random } = await openWatchedEndpoint({ spec: { window } })
    await answer(drawRows(random, 150))
    await answer(drawRows(random, 500), { batch: true, worker: 1 })
    expect(await monitors.settle('churn')).toEqual({ windows: 3, relabelled: 0 })
    expect(monitors.windows('churn').map(({ version, rows }) => [version, rows])).toEqual([
      ['churn:1', 200],
      ['churn:1', 200],
      ['churn:1', 200],
    ])
    await answer(drawRows(random, 150))
    expect(await monitors.settle('churn')).toEqual({ windows: 1, relabelled: 0 })
    expect(new Set(monitors.windows('churn').map(({ from }) => from)).size).toBe(4)
  })

  it('are closed once, also by a host that was started again within one', async () => {
    const endpoint = await openWatchedEndpoint({ spec: { window } })
    const { answer, random } = endpoint
    const told: number[] = []
    await answer(drawRows(random, 350))
    await endpoint.monitors.settle('churn')
    const monitors = await endpoint.reopen()
    monitors.onPoints(({ points }) => told.push(new Set(points.map(({ from }) => from)).size))
    expect(await monitors.settle('churn')).toEqual({ windows: 0, relabelled: 0 })
    await answer(drawRows(random, 50))
    expect(await monitors.settle('churn')).toEqual({ windows: 1, relabelled: 0 })
    expect(told).toEqual([1])
    expect(monitors.windows('churn').map(({ rows }) => rows)).toEqual([200, 200])
  })

  it('of time end with their span, and hold what was answered within it', async () => {
    const { monitors, answer, random } = await openWatchedEndpoint({
      spec: { window: { kind: 'time', minutes: 1 } },
    })
    const minute = Math.floor(Date.now() / 60_000) * 60_000
    await answer(drawRows(random, 60), { at: minute - 90_000 })
    await answer(drawRows(random, 40), { at: minute - 30_000 })
    await monitors.settle('churn')
    expect(monitors.windows('churn').map(({ from, to, rows }) => [from - minute, to - minute, rows])).toEqual(
      [
        [-60_000, 0, 40],
        [-120_000, -60_000, 60],
      ],
    )
  })
})

describe('what is measured of a window', () => {
  it('finds a shifted column, new texts and missing values, and nothing else', async () => {
    const { monitors, answer, random } = await openWatchedEndpoint({
      spec: { window: { kind: 'rows', rows: 1_000 } },
    })
    await answer(drawRows(random, 1_000), { batch: true })
    await answer(drawRows(random, 1_000, { shift: 0.5, town: 'Rom', gaps: 0.2 }), { batch: true })
    await monitors.settle('churn')
    const beyond = monitors
      .windows('churn')
      .toReversed()
      .map(({ version, from }) =>
        monitors
          .window({ name: 'churn', version, from })
          .points.filter(({ isBeyond }) => isBeyond)
          .map(({ metric, column }) => `${metric} ${column}`)
          .toSorted(),
      )
    expect(beyond).toEqual([
      [],
      ['column-drift town', 'column-drift x0', 'missing-share x1', 'unseen-share town'],
    ])
    expect(pointsOf(monitors, 'drift-share').map(({ value }) => value)).toEqual([0, 2 / 11])
  })

  it('tells the accuracy that calibrated confidence promises, with a band that holds the true one', async () => {
    const { monitors, answer, random } = await openWatchedEndpoint({
      spec: { window: { kind: 'rows', rows: 1_000 } },
    })
    const drawn = drawRows(random, 1_000)
    await answer(drawn, { batch: true })
    await monitors.settle('churn')
    const [expected] = pointsOf(monitors, 'expected-accuracy')
    const accuracy = drawn.truth.filter((truth, row) => truth === drawn.labels[row]).length / 1_000
    expect(expected!.low).toBeLessThan(accuracy)
    expect(expected!.high).toBeGreaterThan(accuracy)
    expect(expected!.high! - expected!.low!).toBeLessThan(0.06)
  })

  it('measures quality by labels that come late, at their time, and sees it drop', async () => {
    const { monitors, answer, say, random } = await openWatchedEndpoint({ spec: { window } })
    const windows = [drawRows(random, 200), drawRows(random, 200, { flip: 1 }), drawRows(random, 200)]
    const ids: string[][] = []
    for (const drawn of windows) ids.push(await answer(drawn, { batch: true }))
    await monitors.settle('churn')
    expect(pointsOf(monitors, 'quality-accuracy')).toEqual([])
    const labels = (at: number, rows = 200) =>
      windows[at]!.truth.slice(0, rows).map((label, row) => ({ predictionId: ids[at]![row]!, label }))
    await say([...labels(1), ...labels(0, 50)])
    expect(await monitors.settle('churn')).toEqual({ windows: 0, relabelled: 2 })
    await say([{ predictionId: ids[0]![60]!, label: 'yes' }])
    expect(await monitors.settle('churn')).toEqual({ windows: 0, relabelled: 1 })
    await say([{ predictionId: ids[0]![60]!, isRetracted: true }])
    expect(await monitors.settle('churn')).toEqual({ windows: 0, relabelled: 1 })
    const accuracy = pointsOf(monitors, 'quality-accuracy')
    expect(accuracy.map(({ rows, isBeyond }) => [rows, isBeyond])).toEqual([
      [50, false],
      [200, true],
    ])
    const { truth, labels: answers } = windows[1]!
    expect(accuracy[1]!.value).toBe(truth.filter((label, row) => label === answers[row]).length / 200)
    expect(monitors.windows('churn').map(({ labelled }) => labelled)).toEqual([0, 200, 50])
    await say(labels(0, 50).map(({ predictionId }) => ({ predictionId, isRetracted: true })))
    await monitors.settle('churn')
    expect(pointsOf(monitors, 'quality-accuracy').map(({ rows }) => rows)).toEqual([200])
    expect(pointsOf(monitors, 'labelled-share').map(({ value }) => value)).toEqual([1])
  })

  it('measures segments by themselves', async () => {
    const { monitors, answer, random } = await openWatchedEndpoint({
      spec: { window, segments: ['town', 'x2'] },
    })
    await answer(drawRows(random, 200, { town: 'Ulm' }), { batch: true })
    await monitors.settle('churn')
    const { points } = monitors.series('churn', { metric: 'expected-accuracy' })
    expect(points.map(({ segment, rows }) => [segment?.column ?? null, rows])).toContainEqual(['town', 200])
    const bands = points.filter(({ segment }) => segment?.column === 'x2')
    expect(bands.map(({ rows }) => rows).reduce((sum, rows) => sum + rows, 0)).toBe(200)
    expect(bands).toHaveLength(4)
  })

  it('computes business metrics over answers, and over what was said about them', async () => {
    const { monitors, answer, say, random } = await openWatchedEndpoint({
      spec: {
        window,
        business: [
          {
            name: 'offers',
            expression: "answer = 'yes' and x0 > 0",
            aggregate: 'share',
            over: 'predictions',
            unit: null,
            least: null,
            most: 0.1,
          },
          {
            name: 'won',
            expression: "if(label = 'yes', 10, 0)",
            aggregate: 'sum',
            over: 'feedback',
            unit: '€',
            least: null,
            most: null,
          },
        ],
      },
    })
    const drawn = drawRows(random, 200)
    const ids = await answer(drawn, { batch: true })
    await monitors.settle('churn')
    await say(drawn.truth.slice(0, 30).map((label, row) => ({ predictionId: ids[row]!, label })))
    await monitors.settle('churn')
    const business = pointsOf(monitors, 'business')
    const offers = drawn.labels.filter((label, row) => label === 'yes' && drawn.numbers[0]![row]! > 0).length
    const won = drawn.truth.slice(0, 30).filter((label) => label === 'yes').length * 10
    expect(business.map(({ column, value, isBeyond }) => [column, value, isBeyond])).toEqual([
      ['offers', offers / 200, true],
      ['won', won, false],
    ])
  })

  it('measures what needs no reference where there is none', async () => {
    const { monitors, answer, random } = await openWatchedEndpoint({
      spec: { window },
      sample: { outcome: 'none', reason: 'no-table', target: { classes: ['no', 'yes'], positive: 'yes' } },
    })
    await answer(drawRows(random, 200, { gaps: 0.5 }), { batch: true })
    await monitors.settle('churn')
    expect(pointsOf(monitors, 'column-drift')).toEqual([])
    expect(pointsOf(monitors, 'missing-share').map(({ column, limit }) => [column, limit])).toEqual([
      ['x1', null],
    ])
  })
})

describe('a look behind a point', () => {
  it('shows both distributions of a column, the rows, and a report', async () => {
    const { monitors, answer, say, random } = await openWatchedEndpoint({ spec: { window } })
    const drawn = drawRows(random, 200, { shift: 3 })
    const ids = await answer(drawn)
    await say([{ predictionId: ids[199]!, label: 'yes' }])
    await monitors.settle('churn')
    const { version, from } = monitors.windows('churn')[0]!
    const key = { name: 'churn', version, from }
    const column = await monitors.column({ ...key, column: 'x0', segment: null })
    expect(column).toMatchObject({ outcome: 'shown', rows: { reference: 5_000, current: 200 } })
    const rows = await monitors.rows({ ...key, segment: null, limit: 2, after: 0 })
    expect(rows).toMatchObject({ rows: 200, next: 2 })
    expect(rows.records.map(({ predictionId, feedback }) => [predictionId, feedback?.label])).toEqual([
      [ids[199], 'yes'],
      [ids[198], undefined],
    ])
    expect(rows.records[0]!.inputs['x0']).toBe(drawn.numbers[0]![199])
    const segment = { column: 'town', value: drawn.towns[7]! }
    const part = await monitors.rows({ ...key, segment, limit: 1_000, after: 0 })
    expect(part.records.every(({ inputs }) => inputs['town'] === segment.value)).toBe(true)
    expect(part.rows).toBe(drawn.towns.filter((town) => town === segment.value).length)
    const { report } = await monitors.report(key)
    expect(report.metrics).toMatchObject({ drifted_columns: 1, watched_columns: 11 })
  })
})
