import { expect, it } from 'vitest'
import { defaultMonitor, monitorPointSchema, type MonitorPoint } from '../../../../src/core/monitor.ts'
import { describeMonitor } from '../../../../src/monitoring/monitors/describe-monitor.ts'

const window = { version: 'churn:2', from: 100, to: 200, rows: 1_000, labelled: 0 }

const point = (fields: Partial<MonitorPoint>): MonitorPoint =>
  monitorPointSchema.parse({
    metric: 'drift-share',
    column: null,
    segment: null,
    version: 'churn:2',
    from: 100,
    to: 200,
    rows: 1_000,
    value: 0.1,
    low: null,
    high: null,
    reference: null,
    limit: 0.5,
    isBeyond: false,
    method: null,
    ...fields,
  })

function healthOf(newest: MonitorPoint[], fields: object = {}): string {
  const { health, reason } = describeMonitor({
    name: 'churn',
    spec: defaultMonitor,
    isLogged: true,
    newest,
    window,
    openRows: 12,
    measuredAt: null,
    withoutReference: null,
    ...fields,
  })
  return `${health}: ${reason}`
}

it('says how a deployment does, the worst first', () => {
  const column = point({ metric: 'column-drift', column: 'age', value: 0.3, isBeyond: true })
  const quality = point({ metric: 'quality-auc', from: 50, value: 0.7, reference: 0.8123, isBeyond: true })
  expect([
    healthOf([point({})]),
    healthOf([point({}), column]),
    healthOf([point({ value: 0.5, isBeyond: true }), column, quality]),
    // What another version, an earlier window or a segment did is no trouble of now.
    healthOf([
      { ...column, version: 'churn:1' },
      { ...column, from: 50 },
    ]),
    healthOf([{ ...column, segment: { column: 'town', value: 'Ulm' } }]),
    healthOf([point({})], { withoutReference: 'There is no table.' }),
    healthOf([], { window: null }),
    healthOf([], { window: null, isLogged: false }),
    healthOf([], { spec: { ...defaultMonitor, isOn: false } }),
  ]).toEqual([
    'ok: All that was measured is within its limits.',
    'warning: Beyond their limits: Drift of “age”.',
    'alert: 50 % of the columns have drifted. ROC AUC is 0.7, and was 0.812.',
    'ok: All that was measured is within its limits.',
    'ok: All that was measured is within its limits.',
    'waiting: There is no table.',
    'waiting: No window is full yet: 12 of 1000 rows were answered.',
    'waiting: Its answers are not logged: only requests, errors and latency are known.',
    'off: It is not watched.',
  ])
})
