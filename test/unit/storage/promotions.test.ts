import { describe, expect, it } from 'vitest'
import type { Tracking } from '../../../src/storage/open-tracking.ts'
import { newRun, temporaryTracking } from './storage-samples.ts'

function trackingWithVersions(): Tracking {
  const tracking = temporaryTracking()
  tracking.runs.create(newRun('a'))
  for (const hash of ['m1', 'm2']) {
    const data = { type: '', metrics: {}, content: null }
    tracking.artifacts.put(
      { manifest: { kind: 'report', hash, data, refs: [], files: {} }, manifestSha256: hash },
      { now: 1 },
    )
    tracking.models.register({ model: 'churn', artifact: hash, aliases: [], runId: 'a', metrics: {}, now: 1 })
  }
  return tracking
}

const staging = { model: 'churn', environment: 'staging', who: 'Ada', note: '' } as const
const production = { model: 'churn', environment: 'production', who: 'Ada', note: '' } as const

describe('promotions', () => {
  it('take effect at once in staging, and in production when somebody approves', () => {
    const { promotions, models } = trackingWithVersions()
    promotions.promote({ ...staging, version: 1, now: 2 })
    expect(models.show('churn').aliases).toEqual({ staging: 1 })
    expect(promotions.promote({ ...production, version: 1, now: 3 })).toMatchObject({
      promotion: { state: 'waiting', from: null, decidedBy: null },
      superseded: null,
    })
    expect(models.show('churn').aliases).toEqual({ staging: 1 })
    const decided = promotions.decide({ ...production, state: 'approved', who: 'Eve', note: 'AUC', now: 4 })
    expect(decided).toMatchObject({ state: 'approved', decidedBy: 'Eve', decisionNote: 'AUC', decidedAt: 4 })
    expect(models.show('churn').aliases).toEqual({ staging: 1, production: 1 })
    expect(promotions.list('churn').map(({ environment }) => environment)).toEqual(['production', 'staging'])
  })

  it('wait one at a time: the newest replaces the one before', () => {
    const { promotions, models } = trackingWithVersions()
    promotions.promote({ ...production, version: 1, now: 2 })
    const { superseded } = promotions.promote({ ...production, version: 2, now: 3 })
    expect(superseded).toMatchObject({ version: 1, state: 'superseded' })
    promotions.decide({ ...production, state: 'approved', now: 4 })
    expect(promotions.list('churn').map(({ version, state }) => [version, state])).toEqual([
      [2, 'approved'],
      [1, 'superseded'],
    ])
    expect(models.show('churn').aliases).toEqual({ production: 2 })
  })

  it('are decided about only where the version that is named is the one that waits', () => {
    const { promotions, models } = trackingWithVersions()
    promotions.promote({ ...production, version: 1, now: 2 })
    promotions.promote({ ...production, version: 2, now: 3 })
    expect(() => promotions.decide({ ...production, version: 1, state: 'approved', now: 4 })).toThrow(
      expect.objectContaining({ code: 'registry.other-waits' }),
    )
    expect(models.show('churn').aliases).toEqual({})
    promotions.decide({ ...production, version: 2, state: 'approved', now: 5 })
    expect(models.show('churn').aliases).toEqual({ production: 2 })
  })

  it('are refused for the version that is there, and leave alone what waits', () => {
    const { promotions } = trackingWithVersions()
    promotions.promote({ ...production, version: 1, now: 2 })
    promotions.decide({ ...production, state: 'approved', now: 3 })
    promotions.promote({ ...production, version: 2, now: 4 })
    expect(() => promotions.promote({ ...production, version: 1, now: 5 })).toThrow(
      expect.objectContaining({ code: 'registry.there-already' }),
    )
    expect(promotions.list('churn')[0]).toMatchObject({ version: 2, state: 'waiting' })
  })

  it('move nothing when they are rejected', () => {
    const { promotions, models } = trackingWithVersions()
    promotions.promote({ ...production, version: 2, now: 2 })
    promotions.decide({ ...production, state: 'rejected', now: 3 })
    expect(models.show('churn').aliases).toEqual({})
    expect(() => promotions.decide({ ...production, state: 'approved', now: 4 })).toThrow(
      expect.objectContaining({ code: 'registry.nothing-waits' }),
    )
  })

  it('are the only way out of production', () => {
    const { promotions, models } = trackingWithVersions()
    promotions.promote({ ...production, version: 1, now: 2 })
    promotions.decide({ ...production, state: 'approved', now: 3 })
    expect(() => models.removeAlias({ model: 'churn', alias: 'production', now: 4 })).toThrow(
      expect.objectContaining({ code: 'registry.production-stays' }),
    )
    expect(models.show('churn').aliases).toEqual({ production: 1 })
  })

  it('are the only way into production', () => {
    const { models } = trackingWithVersions()
    const request = {
      model: 'churn',
      artifact: 'm1',
      aliases: ['production'],
      runId: 'a',
      metrics: {},
      now: 2,
    }
    expect(() => models.register(request)).toThrow(
      expect.objectContaining({ code: 'registry.needs-approval' }),
    )
  })
})
