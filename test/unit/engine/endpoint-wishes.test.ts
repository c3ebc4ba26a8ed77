import { describe, expect, it } from 'vitest'
import { deploymentSpecSchema } from '../../../src/core/deployment.ts'
import { defaultMonitor } from '../../../src/core/monitor.ts'
import { brokenEffect } from '../../../src/engine/effects.ts'
import { createRunFeed } from '../../../src/engine/run-feed.ts'
import { openRunJournal } from '../../../src/engine/run-journal.ts'
import { registerClassifier } from '../storage/register-classifier.ts'
import { hostedWorkspace, newRun } from '../storage/storage-samples.ts'

const spec = deploymentSpecSchema.parse({ name: 'churn', versions: [{ reference: 'churn@champion' }] })

async function journalWithModel() {
  const workspace = await hostedWorkspace()
  const { tracking } = workspace
  tracking.runs.create(newRun('a'))
  const data = { type: '', metrics: {}, content: null }
  tracking.artifacts.put(
    { manifest: { kind: 'report', hash: 'm1', data, refs: [], files: {} }, manifestSha256: 'm1' },
    { now: 1 },
  )
  tracking.models.register({
    model: 'churn',
    artifact: 'm1',
    aliases: ['champion'],
    runId: 'a',
    metrics: {},
    now: 1,
  })
  return { workspace, tracking, journal: openRunJournal({ workspace, run: 'a', feed: createRunFeed() }) }
}

describe('the wish of a run for an endpoint', () => {
  it('is written down, with who made it, and leaves the switch alone unless it says so', async () => {
    const { tracking, journal } = await journalWithModel()
    expect(await journal.deploy({ spec, isOn: null }, 'endpoint')).toMatchObject({
      changed: true,
      isOn: false,
    })
    tracking.deployments.switch({ name: 'churn', isOn: true, now: 2 })
    expect(await journal.deploy({ spec, isOn: null }, 'endpoint')).toMatchObject({
      changed: false,
      isOn: true,
    })
    expect(await journal.deploy({ spec, isOn: false }, 'endpoint')).toMatchObject({
      changed: true,
      isOn: false,
    })
    expect(tracking.deployments.get('churn').madeBy).toEqual({ pipelineId: 'telco', node: 'endpoint' })
  })

  it('is refused for a model that is not there', async () => {
    const { journal } = await journalWithModel()
    const other = { ...spec, versions: [{ ...spec.versions[0]!, reference: 'churn@best' }] }
    await expect(journal.deploy({ spec: other, isOn: null }, 'endpoint')).rejects.toMatchObject({
      code: 'registry.unknown-alias',
    })
  })

  it('is refused like one by hand, and changes nothing', async () => {
    const { workspace, tracking, journal } = await journalWithModel()
    await registerClassifier(workspace, 'ab'.repeat(32))
    const maybe = { ...spec, fallback: { kind: 'constant' as const, answer: 'Maybe' } }
    await expect(journal.deploy({ spec: maybe, isOn: true }, 'endpoint')).rejects.toMatchObject({
      code: 'deployment.impossible-fallback',
      remedy: 'Its classes are “No”, “Yes”.',
    })
    expect(tracking.deployments.list()).toEqual([])
  })

  it('holds until somebody changes, switches or removes the deployment', async () => {
    const { tracking, journal } = await journalWithModel()
    const { name, wish } = await journal.deploy({ spec, isOn: null }, 'endpoint')
    const broken = (isOn: boolean | null) => brokenEffect({ kind: 'deployment', name, wish, isOn }, tracking)
    expect(await broken(null)).toBeNull()
    tracking.deployments.switch({ name, isOn: true, now: 2 })
    expect(await broken(null)).toBeNull()
    expect(await broken(false)).toBe('“churn” was switched on')
    tracking.deployments.apply({ spec: { ...spec, timeoutMs: 50 }, madeBy: null, now: 3 })
    expect(await broken(null)).toBe('the deployment “churn” was changed')
    tracking.deployments.remove(name)
    expect(await broken(null)).toBe('the deployment “churn” is gone')
  })
})

describe('the wish of a run for a monitor', () => {
  it('is written down before there is an endpoint, and holds until it is changed', async () => {
    const { tracking, journal } = await journalWithModel()
    const wished = { deployment: 'churn', spec: { ...defaultMonitor, share: 0.3 } }
    const { wish } = journal.watch(wished)
    expect(journal.watch(wished)).toEqual({ changed: false, wish })
    const effect = { kind: 'monitor', deployment: 'churn', wish } as const
    tracking.deployments.apply({ spec, madeBy: null, now: 1 })
    expect(await brokenEffect(effect, tracking)).toBeNull()
    tracking.deployments.remove('churn')
    expect(tracking.monitors.spec('churn')).toBeNull()
    expect(await brokenEffect(effect, tracking)).toBe('the monitor of “churn” was changed')
  })
})
