import { describe, expect, it } from 'vitest'
import { monitorSpecSchema } from '../../../../src/core/monitor.ts'
import { checkMonitor } from '../../../../src/monitoring/monitors/check-monitor.ts'
import { leavingModel } from '../../../fixtures/sample-logs.ts'

const check = (fields: object) => () => checkMonitor('leaving', monitorSpecSchema.parse(fields), leavingModel)

describe('a monitor that is applied', () => {
  it('may name inputs of the model, and what it answers', () => {
    const business = [{ name: 'safe', expression: "answer = 'no' and probability > 0.9", aggregate: 'share' }]
    expect(check({ segments: ['tariff'], columns: { months: { isIgnored: true } }, business })).not.toThrow()
  })

  it.each([
    [{ segments: ['tarif'] }, '“tarif” is no column that “leaving” is asked with.'],
    [{ columns: { churn: { limit: 0.2 } } }, '“churn” is no column'],
    [{ business: [{ name: 'paid', expression: 'spendd * 2' }] }, '“paid” cannot be computed: '],
    [{ business: [{ name: 'paid', expression: 'tariff' }] }, 'The expression of “paid” gives no number.'],
    [
      { business: [{ name: 'paid', expression: 'spend', aggregate: 'share' }] },
      '“paid” is a share, but its expression is not true or false.',
    ],
  ])('is refused as %j', (fields, message) => {
    expect(check(fields)).toThrow(message)
  })
})
