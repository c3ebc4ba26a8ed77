import { expect, it } from 'vitest'
import { defaultMonitor, type MonitorPoint } from '../../../../src/core/monitor.ts'
import { measureWindow } from '../../../../src/monitoring/monitors/measure-window.ts'
import { referenceOf } from '../../../../src/monitoring/monitors/reference.ts'
import type { RowView } from '../../../../src/monitoring/monitors/row-view.ts'
import { createTruths } from '../../../../src/monitoring/monitors/truths.ts'
import { createRandom } from '../../../../src/tables/random.ts'
import { drawRows, numberColumns, sampleOf, type DrawnRows } from './watched-endpoint.ts'

const random = createRandom(5, 'false alarms')
const sample = sampleOf(drawRows(random, 5_000), drawRows(random, 2_000))
const yardstick = {
  kind: { classes: ['no', 'yes'], positive: 1 },
  reference: referenceOf(JSON.stringify(sample)).reference,
  calibration: null,
  quality: [],
}

function viewOf(drawn: DrawnRows): RowView {
  const columns = new Map<string, { type: 'number' | 'text'; values: Float64Array | string[] }>()
  for (const [at, name] of numberColumns.entries())
    columns.set(name, { type: 'number', values: drawn.numbers[at]! })
  columns.set('town', { type: 'text', values: drawn.towns })
  return {
    rows: drawn.rows,
    columns,
    answers: drawn.labels,
    probabilities: Float64Array.from(drawn.probabilities),
  }
}

function windowOf(rows: number, shift = 0): MonitorPoint[] {
  const view = viewOf(drawRows(random, rows, { shift }))
  const window = { version: 'churn:1', from: 0, to: 1, view, truths: createTruths(null) }
  return measureWindow(window, yardstick, defaultMonitor).filter(({ isBeyond }) => isBeyond)
}

it.each([1_000, 100])('hardly ever takes windows of %d like rows for drift', (rows) => {
  const windows = Array.from({ length: 200 }, () => windowOf(rows))
  const ofTable = windows.filter((beyond) => beyond.some(({ metric }) => metric === 'drift-share'))
  expect(ofTable.length / windows.length).toBeLessThanOrEqual(0.05)
  // Of 11 columns and the answers.
  const ofColumns = windows.flat().filter(({ metric }) => metric !== 'drift-share')
  expect(ofColumns.length / (windows.length * 12)).toBeLessThanOrEqual(0.01)
})

it('finds the one column of ten that is shifted by half a standard deviation', () => {
  const windows = Array.from({ length: 100 }, () => windowOf(1_000, 0.5))
  const found = windows.filter((beyond) => beyond.some(({ column }) => column === 'x0'))
  expect(found.length / windows.length).toBeGreaterThanOrEqual(0.95)
})
