import { expect, it } from 'vitest'
import { qualityInterval } from '../../../../src/monitoring/monitors/quality-interval.ts'

it('has the interval of Wilson for an accuracy, which stays within 0 and 1', () => {
  const { low, high } = qualityInterval({
    metric: 'quality-accuracy',
    rows: 250,
    value: 0.988,
    error: 0.0069,
  })
  // scipy: binomtest(247, 250).proportion_ci(method='wilson')
  expect(low).toBeCloseTo(0.9653192196, 8)
  expect(high).toBeCloseTo(0.9959106801, 8)
  const perfect = qualityInterval({ metric: 'quality-accuracy', rows: 250, value: 1, error: 0 })
  expect(perfect.low).toBeLessThan(0.99)
  expect(perfect.high).toBeCloseTo(1, 12)
})

it('ends the interval of other metrics where they can be no better or worse', () => {
  const rows = 40
  expect(qualityInterval({ metric: 'quality-auc', rows, value: 0.99, error: 0.02 })).toMatchObject({
    high: 1,
  })
  expect(qualityInterval({ metric: 'quality-mae', rows, value: 1, error: 2 })).toMatchObject({ low: 0 })
  const plain = qualityInterval({ metric: 'quality-r2', rows, value: -3, error: 1 })
  expect(plain.low).toBeCloseTo(-4.959964, 5)
  expect(plain.high).toBeCloseTo(-1.040036, 5)
})
