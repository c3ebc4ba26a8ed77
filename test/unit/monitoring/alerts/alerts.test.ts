import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it, vi } from 'vitest'
import { detailsOf } from '../../../../src/monitoring/alerts/alert-notice.ts'
import { beyondAt, pointAt, ruleOf } from './alert-samples.ts'
import { openedAlerts } from './opened-alerts.ts'
import { webhookReceiver } from './receivers.ts'

const twoWindows = { kind: 'windows', windows: 2 } as const

describe('alerts', () => {
  it('tell a webhook of beginning and end, with a key that stays', async () => {
    const receiver = await webhookReceiver()
    const { alerts, measure, keep } = openedAlerts([ruleOf({ for: twoWindows, channels: ['team'] })])
    keep('team', { kind: 'webhook', url: receiver.url })
    measure(beyondAt(1))
    expect(alerts.list('churn').alerts).toMatchObject([{ state: 'pending', key: null, deliveries: [] }])
    measure(beyondAt(2))
    await alerts.settle()
    const key = 'churn/drift/2026-01-01T00:00:02.000Z'
    expect(alerts.list(null).alerts).toMatchObject([
      { state: 'firing', key, deliveries: [{ channel: 'team', state: 'delivered', attempts: 1 }] },
    ])
    measure(pointAt(3))
    await alerts.settle()
    expect(alerts.list(null).alerts).toEqual([])
    expect(receiver.received.map(({ headers }) => headers['idempotency-key'])).toEqual([
      `${key}/firing`,
      `${key}/resolved`,
    ])
    expect(receiver.received.map(({ body }) => JSON.parse(body) as object)).toMatchObject([
      {
        kind: 'firing',
        key,
        deployment: 'churn',
        message: 'Columns that have drifted (churn:1): 75 %, beyond its limit of 50 %, 2 windows in a row.',
        resolvedAt: null,
      },
      { kind: 'resolved', key, resolvedBecause: 'recovered' },
    ])
  })

  it('do not call it recovered where another version answers that was not measured yet', async () => {
    const { alerts, measure, answers, shown } = openedAlerts([ruleOf({ channels: ['app'] })])
    measure(beyondAt(1))
    await alerts.settle()
    answers.by = ['churn:2']
    await alerts.settle()
    const { alerts: over } = alerts.history({ deployment: 'churn', limit: 1, before: null })
    expect(over).toMatchObject([{ resolvedBecause: 'version-replaced' }])
    expect(detailsOf(shown.at(-1)!)).toMatch(
      /^No more answers come from churn:1, and nothing was measured yet of what answers instead\. It was: /,
    )
  })

  it('call it recovered where the version that answers instead is as it should be', async () => {
    const { alerts, measure, answers } = openedAlerts([ruleOf({ channels: ['app'] })])
    measure(beyondAt(1), pointAt(1, { version: 'churn:2' }))
    answers.by = ['churn:2']
    await alerts.settle()
    const { alerts: over } = alerts.history({ deployment: 'churn', limit: 1, before: null })
    expect(over).toMatchObject([{ resolvedBecause: 'recovered' }])
  })

  it('rest while the end of one waits for its beginning to be told', async () => {
    const receiver = await webhookReceiver([503])
    const { alerts, tracking, measure, keep, wait } = openedAlerts([ruleOf({ channels: ['team'] })])
    keep('team', { kind: 'webhook', url: receiver.url })
    measure(beyondAt(1))
    await alerts.settle()
    measure(pointAt(2))
    const looks = vi.spyOn(tracking.alertDeliveries, 'due')
    await alerts.settle()
    await sleep(30)
    expect(looks.mock.calls.length).toBeLessThan(5)
    await wait(5 / 60)
    expect(receiver.received.map(({ body }) => (JSON.parse(body) as { kind: string }).kind)).toEqual([
      'firing',
      'firing',
      'resolved',
    ])
  })

  it('rest where it cannot be noted what became of a message', async () => {
    const receiver = await webhookReceiver()
    const { alerts, tracking, defects, measure, keep } = openedAlerts([ruleOf({ channels: ['team'] })])
    keep('team', { kind: 'webhook', url: receiver.url })
    vi.spyOn(tracking.alertDeliveries, 'note').mockImplementation(() => {
      throw new Error('The disk is full.')
    })
    const looks = vi.spyOn(tracking.alertDeliveries, 'due')
    measure(beyondAt(1))
    await alerts.settle()
    await sleep(30)
    expect(looks.mock.calls.length).toBeLessThan(8)
    expect(defects).toHaveLength(1)
    expect(receiver.received).toHaveLength(1)
  })

  it('try again with longer and longer pauses, and say the same each time', async () => {
    const receiver = await webhookReceiver([503, 429])
    const { alerts, measure, keep, wait } = openedAlerts([ruleOf({ channels: ['team'] })])
    keep('team', { kind: 'webhook', url: receiver.url })
    measure(beyondAt(1))
    await alerts.settle()
    await alerts.settle()
    expect(receiver.received).toHaveLength(1)
    expect(alerts.channels().at(-1)!.problem).toMatchObject({
      message: 'it answered with status 503',
      isFinal: false,
    })
    await wait(5 / 60)
    await wait(14 / 60)
    expect(receiver.received).toHaveLength(2)
    await wait(1 / 60)
    expect(receiver.received).toHaveLength(3)
    expect(new Set(receiver.received.map(({ body }) => body)).size).toBe(1)
    expect(alerts.channels().at(-1)!.problem).toBeNull()
  })

  it('wait as long as a receiver asks for', async () => {
    const receiver = await webhookReceiver([{ status: 429, retryAfter: '120' }])
    const { alerts, measure, keep, wait } = openedAlerts([ruleOf({ channels: ['team'] })])
    keep('team', { kind: 'webhook', url: receiver.url })
    measure(beyondAt(1))
    await alerts.settle()
    await wait(119 / 60)
    expect(receiver.received).toHaveLength(1)
    await wait(1)
    expect(receiver.received).toHaveLength(2)
  })

  it('give up what is refused, show it at the channel, and tell of no end there', async () => {
    const refusing = await webhookReceiver([404])
    const { alerts, measure, keep, wait } = openedAlerts([ruleOf({ channels: ['team', 'app'] })])
    keep('team', { kind: 'webhook', url: refusing.url })
    measure(beyondAt(1))
    measure(pointAt(2))
    await alerts.settle()
    await wait(600)
    expect(refusing.received).toHaveLength(1)
    expect(alerts.channels()).toMatchObject([
      { name: 'app', problem: null },
      { name: 'desktop', problem: null },
      { name: 'team', problem: { message: 'it answered with status 404', isFinal: true } },
    ])
    const { alerts: over } = alerts.history({ deployment: null, limit: 10, before: null })
    expect(over[0]!.deliveries.map(({ channel, kind, state }) => `${channel} ${kind} ${state}`)).toEqual([
      'team firing failed',
      'app firing delivered',
      'team resolved dropped',
      'app resolved delivered',
    ])
  })

  it('are given up after a day that nobody answered', async () => {
    const { alerts, measure, keep, wait } = openedAlerts([ruleOf({ channels: ['team'] })])
    keep('team', { kind: 'webhook', url: 'http://127.0.0.1:9/' })
    measure(beyondAt(1))
    await alerts.settle()
    for (let hours = 0; hours < 24; hours++) await wait(60)
    expect(alerts.channels().at(-1)!.problem).toMatchObject({
      message: 'nothing answers there',
      isFinal: true,
    })
  })

  it('wait for somebody to open the app', async () => {
    const { alerts, measure, shown, sight } = openedAlerts([ruleOf({ channels: ['desktop'] })])
    sight.isThere = false
    measure(beyondAt(1))
    await alerts.settle()
    sight.isThere = true
    alerts.somebodyLooks()
    await alerts.settle()
    expect(shown).toMatchObject([{ kind: 'firing', where: 'desktop', title: 'Drift' }])
  })

  it('are quiet for a while after somebody was told', async () => {
    const { alerts, measure, shown, wait } = openedAlerts([ruleOf({ quietMinutes: 60 })])
    measure(beyondAt(1))
    measure(pointAt(2))
    measure(beyondAt(3))
    await alerts.settle()
    expect(shown.map(({ kind }) => kind)).toEqual(['firing', 'resolved'])
    expect(alerts.list(null).alerts).toMatchObject([
      { state: 'firing', quietUntil: Date.UTC(2026, 0, 1, 1, 0, 1), deliveries: [] },
    ])
    await wait(60)
    expect(shown.map(({ kind }) => kind)).toEqual(['firing', 'resolved', 'firing'])
    expect(new Set(shown.map(({ key }) => key)).size).toBe(2)
  })

  it('are silenced until a time, and ended ones told all the same', async () => {
    const rules = [ruleOf(), ruleOf({ id: 'second', quietMinutes: 0 })]
    const { alerts, measure, shown } = openedAlerts(rules)
    measure(beyondAt(1))
    await alerts.settle()
    const silence = alerts.silence({ deployment: 'churn', rule: 'second', minutes: 30, note: 'known' })
    measure(pointAt(2))
    measure(beyondAt(3))
    await alerts.settle()
    expect(shown.map(({ rule, kind }) => `${rule} ${kind}`)).toEqual([
      'drift firing',
      'second firing',
      'drift resolved',
      'second resolved',
    ])
    expect(alerts.list('churn').silences).toEqual([silence])
    alerts.endSilence(silence.number)
    expect(shown.at(-1)).toMatchObject({ rule: 'second', kind: 'firing' })
    expect(() => alerts.endSilence(silence.number)).toThrow(
      expect.objectContaining({ code: 'alert.unknown-silence' }),
    )
    expect(() => alerts.silence({ deployment: 'churn', rule: 'secnod', minutes: 1, note: '' })).toThrow(
      expect.objectContaining({ remedy: 'Did you mean “second”?' }),
    )
  })

  it('end with their rule, with the monitor, and with the deployment', async () => {
    const { alerts, change, measure, shown, tracking } = openedAlerts([ruleOf({ quietMinutes: 0 })])
    const endings = [
      () => change({ rules: [] }),
      () => change({ isOn: false }),
      () => {
        change({ isOn: true })
        tracking.deployments.remove('churn')
      },
    ]
    for (const end of endings) {
      change({ isOn: true, rules: [ruleOf({ quietMinutes: 0 })] })
      measure(beyondAt(1))
      end()
      await alerts.settle()
    }
    expect(shown.flatMap(({ resolvedBecause }) => resolvedBecause ?? [])).toEqual([
      'rule-changed',
      'not-watched',
      'removed',
    ])
  })

  it('follow a change of their rules at once', async () => {
    const { alerts, change, measure, shown } = openedAlerts([ruleOf()])
    measure(beyondAt(1))
    change({ rules: [ruleOf({ isOn: false })] })
    alerts.look('churn')
    expect(alerts.list(null).alerts).toEqual([])
    await alerts.settle()
    expect(shown.map(({ kind }) => kind)).toEqual(['firing', 'resolved'])
  })

  it('look at versions that answer, unless a rule names one', async () => {
    const rules = [ruleOf(), ruleOf({ id: 'old', version: 'churn:0' })]
    const { alerts, measure } = openedAlerts(rules)
    measure(beyondAt(1, { version: 'churn:0' }), pointAt(1))
    expect(alerts.list(null).alerts.map(({ rule }) => rule)).toEqual(['old'])
    await alerts.settle()
  })

  it('follow labels that come late: a window that was measured anew counts as it is', async () => {
    const quality = ruleOf({ metric: 'quality', for: twoWindows })
    const { alerts, measure, monitors } = openedAlerts([quality])
    const late = beyondAt(1, { metric: 'quality-accuracy' })
    measure(late, beyondAt(2, { metric: 'quality-accuracy' }))
    expect(alerts.list(null).alerts).toMatchObject([{ state: 'firing' }])
    const { points } = monitors.series('churn', { metric: 'quality-accuracy' })
    points.forEach((point) => Object.assign(point, { isBeyond: false, value: 0.9 }))
    await alerts.settle()
    expect(alerts.list(null).alerts).toEqual([])
  })

  it('are told to Prometheus, rule by rule', async () => {
    const rules = [
      ruleOf(),
      ruleOf({ id: 'slow', metric: 'latency-p99' }),
      ruleOf({ id: 'off', isOn: false }),
    ]
    const { alerts, measure } = openedAlerts(rules)
    measure(beyondAt(1))
    await alerts.settle()
    expect(alerts.gauges('churn').map(({ labels, value }) => [labels['rule'], value])).toEqual([
      ['drift', 1],
      ['slow', 0],
    ])
    expect(alerts.gauges('gone')).toEqual([])
  })

  it('go through pages of what is over', async () => {
    const { alerts, measure } = openedAlerts([ruleOf({ quietMinutes: 0 })])
    for (let round = 0; round < 5; round++) {
      measure(beyondAt(round))
      measure(pointAt(round))
      await alerts.settle()
    }
    const first = alerts.history({ deployment: 'churn', limit: 3, before: null })
    const second = alerts.history({ deployment: 'churn', limit: 3, before: first.next })
    expect([first.alerts.length, second.alerts.length, second.next]).toEqual([3, 2, null])
  })
})
