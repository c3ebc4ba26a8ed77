import { describe, expect, it } from 'vitest'
import type { AlertRecord } from '../../../../src/storage/alerts.ts'
import { advanceAlert, closeAlert } from '../../../../src/monitoring/alerts/advance-alert.ts'
import type { Judgement } from '../../../../src/monitoring/alerts/judge-rule.ts'
import { minute, ruleOf } from './alert-samples.ts'

const rule = ruleOf({ channels: ['app', 'team'] })
const clear: Judgement = { state: 'clear' }
const judged = (state: 'building' | 'met'): Judgement => ({ state, since: 5, findings: [] })

/** Goes through judgements, one a minute; what was told, and what is left. */
function live(judgements: readonly Judgement[], quietUntil: (now: number) => number = () => 0) {
  const kept: { alert: AlertRecord | null } = { alert: null }
  const story = judgements.map((judgement, index) => {
    const now = (index + 1) * minute
    const moment = { deployment: 'churn', now, quietUntil: quietUntil(now) }
    const advance = advanceAlert(rule, { alert: kept.alert, judgement, moment })
    switch (advance.change) {
      case 'none':
        return 'nothing'
      case 'forget':
        kept.alert = null
        return 'forgotten'
      case 'open':
      case 'keep':
        kept.alert = { number: 1, ...advance.alert }
        return `${advance.alert.state}${advance.isTold ? ', told' : ''}`
      case 'resolve':
        kept.alert = null
        return `resolved${advance.isTold ? ', told' : ''}`
    }
  })
  return { story, alert: kept.alert }
}

describe('the life of an alert', () => {
  it('is pending, fires when it has lasted, and is resolved; each is told once', () => {
    expect(live([clear, judged('building'), judged('met'), judged('met'), clear, clear]).story).toEqual([
      'nothing',
      'pending',
      'firing, told',
      'firing',
      'resolved, told',
      'nothing',
    ])
  })

  it('leaves nothing behind where it did not last', () => {
    expect(live([judged('building'), judged('building'), clear]).story).toEqual([
      'pending',
      'pending',
      'forgotten',
    ])
  })

  it('goes on where a window was good and bad ones followed before anybody looked', () => {
    expect(live([judged('met'), judged('building'), judged('met')]).story).toEqual([
      'firing, told',
      'firing',
      'firing',
    ])
  })

  it('fires unheard while it is quiet, and is told when that ends', () => {
    const { story } = live(
      Array.from({ length: 4 }, () => judged('met')),
      () => 3 * minute,
    )
    expect(story).toEqual(['firing', 'firing', 'firing, told', 'firing'])
  })

  it('ends unheard where nobody heard of it', () => {
    expect(live([judged('met'), clear], () => 9 * minute).story).toEqual(['firing', 'resolved'])
  })

  it('has one key from its beginning on, and tells its end to those who heard of it', () => {
    const { alert } = live([judged('building'), judged('met'), judged('met')])
    expect(alert).toMatchObject({
      key: 'churn/drift/1970-01-01T00:02:00.000Z',
      since: 5,
      firedAt: 2 * minute,
      toldAt: 2 * minute,
      channels: ['app', 'team'],
    })
    expect(closeAlert(alert!, 'removed', 9 * minute)).toMatchObject({
      change: 'resolve',
      isTold: true,
      alert: { key: alert!.key, resolvedAt: 9 * minute, resolvedBecause: 'removed' },
    })
  })
})
