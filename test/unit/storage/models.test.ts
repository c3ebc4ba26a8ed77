import { describe, expect, it } from 'vitest'
import { newRun, temporaryTracking } from './storage-samples.ts'
import type { Tracking } from '../../../src/storage/open-tracking.ts'

function trackingWithModels(...hashes: string[]): Tracking {
  const tracking = temporaryTracking()
  tracking.runs.create(newRun('a'))
  for (const hash of hashes)
    tracking.artifacts.put(
      {
        manifest: {
          kind: 'report',
          hash,
          data: { type: '', metrics: {}, content: null },
          refs: [],
          files: {},
        },
        manifestSha256: hash,
      },
      { now: 1 },
    )
  return tracking
}

const request = (artifact: string, fields: { model?: string; aliases?: string[]; now?: number } = {}) => ({
  model: 'churn',
  artifact,
  aliases: [],
  runId: 'a',
  metrics: { auc: 0.84 },
  now: 1,
  ...fields,
})

describe('the registry', () => {
  it('makes a version for each new artifact, and none for one that has a version', () => {
    const { models } = trackingWithModels('m1', 'm2')
    expect(['m1', 'm1', 'm2', 'm1'].map((artifact) => models.register(request(artifact)))).toMatchObject([
      { version: 1, created: true },
      { version: 1, created: false },
      { version: 2, created: true },
      { version: 1, created: false },
    ])
    expect(models.show('churn')).toMatchObject({
      name: 'churn',
      latest: { version: 2, artifact: 'm2', runId: 'a', metrics: { auc: 0.84 } },
      aliases: {},
    })
  })

  it('moves aliases and remembers where they pointed', () => {
    const { models } = trackingWithModels('m1', 'm2')
    models.register(request('m1', { aliases: ['champion'], now: 1 }))
    models.register(request('m2', { aliases: ['champion', 'candidate'], now: 2 }))
    models.setAlias({ model: 'churn', alias: 'champion', version: 1, now: 3 })
    models.setAlias({ model: 'churn', alias: 'champion', version: 1, now: 4 })
    models.removeAlias({ model: 'churn', alias: 'candidate', now: 5 })
    expect({
      aliases: models.show('churn').aliases,
      versions: models.versions('churn').map(({ version, aliases }) => [version, aliases]),
      history: models.aliasHistory('churn'),
    }).toEqual({
      aliases: { champion: 1 },
      versions: [
        [2, []],
        [1, ['champion']],
      ],
      history: [
        { alias: 'candidate', from: 2, to: null, at: 5 },
        { alias: 'champion', from: 2, to: 1, at: 3 },
        { alias: 'candidate', from: null, to: 2, at: 2 },
        { alias: 'champion', from: 1, to: 2, at: 2 },
        { alias: 'champion', from: null, to: 1, at: 1 },
      ],
    })
  })

  it('leaves an alias with a version that is better, and gives the new one another', () => {
    const { models } = trackingWithModels('m1', 'm2', 'm3', 'm4')
    const registered = (artifact: string, metrics: Record<string, number>) =>
      models.register({
        ...request(artifact, { aliases: ['champion'] }),
        metrics,
        unlessWorse: { metric: null, otherwise: 'candidate' },
      }).aliases
    expect(registered('m1', { 'evaluate.roc_auc': 0.8, 'trees.train_log_loss': 0.1 })).toEqual([
      { alias: 'champion', from: null, moved: true, compared: null },
    ])
    expect(registered('m2', { 'evaluate.roc_auc': 0.7, 'trees.train_log_loss': 0 })).toEqual([
      {
        alias: 'champion',
        from: 1,
        moved: false,
        compared: { metric: 'evaluate.roc_auc', own: 0.7, other: 0.8, isWorse: true },
      },
    ])
    expect(models.show('churn').aliases).toEqual({ champion: 1, candidate: 2 })
    // Again, by its number: the candidate stays one.
    expect(registered('m2', { 'evaluate.roc_auc': 0.7 })).toMatchObject([{ from: 1, moved: false }])
    expect(registered('m3', { 'evaluate.roc_auc': 0.8 })).toMatchObject([
      { moved: true, compared: { isWorse: false } },
    ])
    expect(registered('m4', { 'judge.rmse': 3 })).toEqual([
      { alias: 'champion', from: 3, moved: true, compared: null },
    ])
    expect(models.show('churn').aliases).toEqual({ champion: 4, candidate: 2 })
  })

  it('finds a version by name, alias and number', () => {
    const { models } = trackingWithModels('m1', 'm2')
    models.register(request('m1', { aliases: ['champion'] }))
    models.register(request('m2'))
    const found = ['churn', 'churn@latest', 'churn@champion', 'churn:1', 'churn:2'].map((reference) => {
      const { version, artifact } = models.resolve(reference)
      return [version, artifact]
    })
    expect(found).toEqual([
      [2, 'm2'],
      [2, 'm2'],
      [1, 'm1'],
      [1, 'm1'],
      [2, 'm2'],
    ])
  })

  it.each([
    ['chrun', 'registry.unknown-model', 'Did you mean “churn”?'],
    ['something-else', 'registry.unknown-model', '`pipewright models list` shows those there are.'],
    ['churn@champoin', 'registry.unknown-alias', 'Did you mean “champion”?'],
    ['churn@production', 'registry.unknown-alias', 'Its aliases are “champion”.'],
    ['churn:7', 'registry.unknown-version', 'Its latest version is 1.'],
    ['churn:0', 'registry.bad-reference', 'Write “name” for the latest version, “name@alias” or “name:3”.'],
    ['', 'registry.bad-reference', 'Write “name” for the latest version, “name@alias” or “name:3”.'],
    ['a b', 'registry.bad-reference', 'Write “name” for the latest version, “name@alias” or “name:3”.'],
  ])('says what is wrong with “%s”', (reference, code, remedy) => {
    const { models } = trackingWithModels('m1')
    models.register(request('m1', { aliases: ['champion'] }))
    expect(() => models.resolve(reference)).toThrow(expect.objectContaining({ code, remedy }))
  })

  it('refuses names that a reference could not carry, and registers nothing', () => {
    const { models } = trackingWithModels('m1')
    expect(() => models.register(request('m1', { model: 'a@b' }))).toThrow('cannot be the name of a model')
    expect(() => models.register(request('m1', { aliases: ['fine', '3rd'] }))).toThrow('cannot be an alias')
    expect(() => models.register(request('m1', { aliases: ['latest'] }))).toThrow('cannot be an alias')
    expect(models.list()).toEqual([])
  })

  it('holds models of any alphabet', () => {
    const { models } = trackingWithModels('m1')
    models.register(request('m1', { model: 'Kündigung-解約' }))
    expect(models.resolve('Kündigung-解約').version).toBe(1)
  })

  it('never registers an artifact that is not in the store', () => {
    const { models } = trackingWithModels()
    expect(() => models.register(request('nowhere'))).toThrow('FOREIGN KEY')
    expect(models.list()).toEqual([])
  })
})
