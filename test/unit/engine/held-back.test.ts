import { describe, expect, it } from 'vitest'
import { deploymentSpecSchema } from '../../../src/core/deployment.ts'
import { retrainingPolicySchema } from '../../../src/core/retraining.ts'
import { brokenEffect } from '../../../src/engine/effects.ts'
import { createRunFeed } from '../../../src/engine/run-feed.ts'
import { openRunJournal } from '../../../src/engine/run-journal.ts'
import type { Effect } from '../../../src/node-kit/run-context.ts'
import { hostedWorkspace, newRun, newStep } from '../storage/storage-samples.ts'

const spec = deploymentSpecSchema.parse({ name: 'churn', versions: [{ reference: 'churn@champion' }] })
const policy = retrainingPolicySchema.parse({ deployment: 'churn', model: 'churn@champion' })

async function journalOf({ holdsBack }: { holdsBack: boolean }) {
  const workspace = await hostedWorkspace()
  const { tracking } = workspace
  tracking.runs.create(newRun('a'))
  tracking.events.append('a', [{ event: 'run-started', pipelinePath: '/pipelines/telco.pipeline.json' }])
  const data = { type: '', metrics: {}, content: null }
  for (const hash of ['m1', 'm2'])
    tracking.artifacts.put(
      { manifest: { kind: 'report', hash, data, refs: [], files: {} }, manifestSha256: hash },
      { now: 1 },
    )
  const journal = openRunJournal({ workspace, run: 'a', feed: createRunFeed(), holdsBack })
  const register = (artifact: string) =>
    journal.register({ model: 'churn', artifact, aliases: ['champion'] }, {})
  const end = (node: string, effects: Effect[]) =>
    journal.commit({
      step: newStep('a', node),
      result: {
        key: `key of ${node}`,
        nodeType: 'serving.register',
        outputs: {},
        metrics: {},
        effects,
        notes: [],
        durationMs: 1,
        createdAt: 1,
      },
      artifacts: [],
      sources: [],
      event: { event: 'step-finished', node, outputs: {}, metrics: {}, effects, durationMs: 1 },
    })
  return { tracking, journal, register, end }
}

describe('a run that holds back', () => {
  it('registers without moving an alias, and wishes for nothing', async () => {
    const { tracking, journal, register } = await journalOf({ holdsBack: true })
    tracking.models.register({
      model: 'churn',
      artifact: 'm1',
      aliases: ['champion'],
      runId: null,
      metrics: {},
      now: 1,
    })
    expect(register('m2')).toMatchObject({ version: 2, created: true, aliases: [] })
    expect(tracking.models.show('churn').aliases).toEqual({ champion: 1 })
    expect(await journal.deploy({ spec, isOn: true }, 'endpoint')).toMatchObject({
      changed: false,
      isOn: false,
    })
    expect(journal.retrain(policy, 'retrain')).toMatchObject({ changed: false })
    expect([tracking.deployments.list(), tracking.retraining.list()]).toEqual([[], []])
  })

  it('leaves no result of what it held back, so that a later run does it', async () => {
    const { tracking, end } = await journalOf({ holdsBack: true })
    await end('register', [{ kind: 'registered-model', model: 'churn', version: 2, artifact: 'm2' }])
    await end('write', [{ kind: 'file', path: '/pipelines/a.csv', sha256: '', sizeBytes: 1 }])
    expect(tracking.results.get('key of register')).toBeNull()
    expect(tracking.results.get('key of write')).not.toBeNull()
  })
})

describe('the wish for retraining', () => {
  it('is written down with the pipeline of the run, and holds until somebody changes it', async () => {
    const { tracking, journal } = await journalOf({ holdsBack: false })
    const { wish, ...made } = journal.retrain(policy, 'retrain')
    expect(made).toEqual({ changed: true, isOn: true })
    expect(tracking.retraining.get('churn').source).toMatchObject({
      path: '/pipelines/telco.pipeline.json',
      node: 'retrain',
      parameters: { data: 'telco-churn.csv', limit: '0.1' },
    })
    expect(journal.retrain(policy, 'retrain')).toMatchObject({ changed: false })
    const effect = { kind: 'retraining', deployment: 'churn', wish } as const
    expect(await brokenEffect(effect, tracking)).toBeNull()
    journal.retrain({ ...policy, newest: 'feedback' }, 'retrain')
    expect(await brokenEffect(effect, tracking)).toBe('the retraining of “churn” was changed')
  })
})
