import { describe, expect, it } from 'vitest'
import { judgeQuality } from '../../nodes/monitoring/quality/judge-quality.ts'
import { measureRows } from '../../nodes/monitoring/quality/measure-rows.ts'
import type { Predictions } from '../../nodes/monitoring/quality/read-predictions.ts'
import { windowsOf } from '../../nodes/monitoring/quality/windows.ts'
import { quality } from '../../nodes/monitoring/quality/definition.ts'
import { createRandom } from '../../src/tables/random.ts'

const names = { classes: ['no', 'yes'], positive: 'yes' }
const defaults = quality.params.parse({})

/** Answers whose probabilities are right, drawn from themselves. */
function calibrated(rows: number, seed: number): Predictions {
  const random = createRandom(seed, 'calibrated')
  const probability = Float64Array.from({ length: rows }, () => random.below(1001) / 1000)
  return {
    rows,
    answers: {
      kind: 'classes',
      probability,
      predicted: Array.from(probability, (p) => (p >= 0.5 ? 'yes' : 'no')),
      actual: Array.from(probability, (p) => (random.below(1_000_000) / 1_000_000 < p ? 'yes' : 'no')),
    },
    time: null,
    segments: {},
  }
}
const places = (rows: number) => Array.from({ length: rows }, (_, place) => place)

describe('quality over time', () => {
  it('expects of calibrated answers the accuracy that comes about, within its band 95 times of 100', () => {
    let within = 0
    for (let seed = 0; seed < 200; seed += 1) {
      const { measured } = measureRows(calibrated(300, seed), places(300), names)
      const { low, high } = measured.expected!
      const accuracy = measured.metrics['accuracy']!
      if (accuracy >= low && accuracy <= high) within += 1
    }
    // Four standard deviations of 200 draws around 95 %.
    expect(Math.abs(within / 200 - 0.95)).toBeLessThan(4 * Math.sqrt((0.95 * 0.05) / 200))
  })

  it('cuts windows by calendar in UTC, weeks from Monday on', () => {
    const at = [
      '2025-12-31T23:59:59Z',
      '2026-01-01T00:00:00Z',
      '2026-01-04T23:00:00Z',
      '2026-01-05T00:00:00Z',
    ]
    const predictions = {
      ...calibrated(5, 1),
      time: Float64Array.from([...at, ''], (text) => Date.parse(text)),
    }
    const from = (every: 'hour' | 'day' | 'week' | 'month') =>
      windowsOf(predictions, { ...defaults, every }).map((window) => [
        String(window.from).slice(0, 13),
        window.places.length,
      ])
    expect(from('month')).toEqual([
      ['2025-12-01T00', 1],
      ['2026-01-01T00', 3],
    ])
    expect(from('week')).toEqual([
      ['2025-12-29T00', 3],
      ['2026-01-05T00', 1],
    ])
    expect(from('day')).toHaveLength(4)
    expect(from('hour')).toHaveLength(4)
  })

  it('cuts windows of so many rows, the last with the rest', () => {
    const windows = windowsOf(calibrated(25, 1), { ...defaults, rows: 10 })
    expect(windows.map(({ from, to }) => [from, to])).toEqual([
      [1, 10],
      [11, 20],
      [21, 25],
    ])
  })

  it('leaves rows without a truth out of the metrics, but not out of what is expected', () => {
    const predictions = calibrated(100, 3)
    const answers = predictions.answers as Predictions['answers'] & { kind: 'classes' }
    const half = { ...answers, actual: answers.actual.map((label, row) => (row < 50 ? label : '')) }
    const { measured } = measureRows({ ...predictions, answers: half }, places(100), names)
    const first = measureRows(predictions, places(50), names).measured
    expect(measured).toEqual({
      ...first,
      rows: 100,
      expected: measureRows(predictions, places(100), names).measured.expected,
    })
  })

  it('says that quality dropped when it is worse by more than the margin, and not by chance', () => {
    const right = (rows: number, share: number) => {
      const losses = Array.from({ length: rows }, (_, row) => Number(row < rows * share))
      return { losses, measured: measureRows(calibrated(1, 1), [], names).measured }
    }
    const judge = (before: number, now: number, rows: number) =>
      judgeQuality({ reference: right(1000, before), current: right(rows, now), kind: 'classes' }, defaults)!
    expect(judge(0.9, 0.8, 1000)).toMatchObject({ dropped: true, metric: 'accuracy' })
    expect(judge(0.9, 0.8, 10).dropped).toBe(false)
    expect(judge(0.9, 0.88, 100_000).dropped).toBe(false)
    expect(judge(0.8, 0.9, 1000)).toMatchObject({ dropped: false })
    expect(judge(0.8, 0.9, 1000).pValue).toBeGreaterThan(0.99)
  })

  it('measures amounts by their errors', () => {
    const amounts = (errors: readonly number[]): Predictions => ({
      rows: errors.length,
      answers: {
        kind: 'amounts',
        actual: Float64Array.from(errors, () => 10),
        predicted: Float64Array.from(errors, (error) => 10 + error),
      },
      time: null,
      segments: {},
    })
    const before = measureRows(amounts([1, -1, 1, -1, 1, -1]), places(6), names)
    const now = measureRows(amounts([2, -2.1, 2, -1.9, 2, -2]), places(6), names)
    expect(before.measured.metrics['mae']).toBe(1)
    const judged = judgeQuality({ reference: before, current: now, kind: 'amounts' }, defaults)!
    expect(judged).toMatchObject({ metric: 'mae', reference: 1, dropped: true })
    expect(judged.worse).toBeCloseTo(1)
  })
})
