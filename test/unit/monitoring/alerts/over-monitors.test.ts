import { describe, expect, it, onTestFinished } from 'vitest'
import type { MonitorSpec } from '../../../../src/core/monitor.ts'
import type { AlertNotice } from '../../../../src/monitoring/alerts/alert-notice.ts'
import { openAlerts } from '../../../../src/monitoring/alerts/open-alerts.ts'
import { drawRows, openWatchedEndpoint } from '../monitors/watched-endpoint.ts'

/** The usual rules over what is really measured of a log. */
async function alertedEndpoint(spec: Partial<MonitorSpec>) {
  const endpoint = await openWatchedEndpoint({ spec: { window: { kind: 'rows', rows: 200 }, ...spec } })
  const shown: AlertNotice[] = []
  const alerts = openAlerts({
    tracking: endpoint.workspace.tracking,
    monitors: endpoint.monitors,
    watched: () => ({ answering: ['churn:1'], aliveSince: null }),
    readSecret: () => Promise.resolve(null),
    environment: {},
    folder: endpoint.workspace.paths.folder,
    show: (notice) => shown.push(notice) > 0,
    onChange: () => undefined,
    onDefect: (error) => {
      throw error
    },
  })
  onTestFinished(() => alerts.close())
  alerts.resume()
  const told = () => shown.map(({ rule, kind }) => `${rule} ${kind}`)
  return { ...endpoint, shown, alerts, told }
}

describe('the usual rules', () => {
  it('tell of drift once it lasts, and of its end', async () => {
    const { monitors, alerts, answer, random, shown, told } = await alertedEndpoint({ share: 0.1 })
    const drifted = { shift: 2, town: 'Rom' }
    for (const options of [{}, drifted, {}, drifted, drifted, drifted]) {
      await answer(drawRows(random, 200, options), { batch: true })
      await monitors.settle('churn')
      await alerts.settle()
    }
    expect(told()).toEqual(['dataset-drift firing'])
    expect(shown[0]!.message).toBe(
      'Columns that have drifted (churn:1): 18.2 %, beyond its limit of 10 %, 2 windows in a row.',
    )
    await answer(drawRows(random, 200), { batch: true })
    await monitors.settle('churn')
    await alerts.settle()
    expect(told()).toEqual(['dataset-drift firing', 'dataset-drift resolved'])
  })

  it('tell of quality that dropped when labels come, however late', async () => {
    const { monitors, alerts, answer, say, random, told } = await alertedEndpoint({})
    const windows = [1, 2].map(() => drawRows(random, 200, { flip: 0.6 }))
    const ids: string[][] = []
    for (const rows of windows) ids.push(await answer(rows, { batch: true }))
    await monitors.settle('churn')
    await alerts.settle()
    expect(told()).toEqual([])
    for (const [index, rows] of windows.entries()) {
      await say(ids[index]!.map((predictionId, row) => ({ predictionId, label: rows.truth[row]! })))
      await monitors.settle('churn')
      await alerts.settle()
    }
    expect(told()).toEqual(['quality firing'])
    expect(alerts.list('churn').alerts[0]).toMatchObject({ rule: 'quality', severity: 'critical' })
  })
})
