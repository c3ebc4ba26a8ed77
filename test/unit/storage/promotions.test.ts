import { describe, expect, it } from 'vitest'
import { moveAlias } from '../../../src/monitoring/retraining/model-alias.ts'
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

  it.each(['staging', 'production'])('are the only way into %s', (environment) => {
    const { models } = trackingWithVersions()
    const request = {
      model: 'churn',
      artifact: 'm1',
      aliases: [environment],
      runId: 'a',
      metrics: {},
      now: 2,
    }
    expect(() => models.register(request)).toThrow(
      expect.objectContaining({
        code: 'registry.needs-promotion',
        remedy: expect.stringContaining(`pipewright models promote churn:VERSION ${environment}`),
      }),
    )
    expect(models.show('churn').aliases).toEqual({})
  })

  it('are made where a retraining moves the alias of an environment', () => {
    const { models, promotions } = trackingWithVersions()
    const word = { who: 'retraining', note: 'better', now: 2 }
    for (const alias of ['staging', 'production', 'champion'])
      moveAlias({ models, promotions }, { model: 'churn', alias, version: 2, ...word })
    expect(models.show('churn').aliases).toEqual({ staging: 2, production: 2, champion: 2 })
    expect(promotions.list('churn')).toMatchObject([
      { environment: 'production', state: 'approved', requestedBy: 'retraining', requestNote: 'better' },
      { environment: 'staging', state: 'approved', requestedBy: 'retraining', requestNote: 'better' },
    ])
  })
})
