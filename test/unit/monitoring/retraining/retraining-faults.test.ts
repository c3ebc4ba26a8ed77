import { expect, test } from 'vitest'
import type { Retraining } from '../../../../src/monitoring/retraining/open-retraining.ts'
import type { Workspace } from '../../../../src/storage/open-workspace.ts'
import { World } from './retraining-samples.ts'

class Killed extends Error {}

/** What writes; reading leaves nothing behind, so that an end there is the same as one after the last write. */
const writes = new Set([
  'advance',
  'apply',
  'begin',
  'countLabels',
  'create',
  'freeze',
  'linkRun',
  'remember',
  'seeUntil',
  'setAlias',
  'transaction',
])

/** Ends right before the n-th call that writes what is stored, which is right after the one before. */
function failingAt(workspace: Workspace, fatal: number): { workspace: Workspace; calls: () => number } {
  let calls = 0
  const guarded = <Api extends object>(api: Api): Api =>
    new Proxy(api, {
      get(target, name) {
        const own: unknown = Reflect.get(target, name)
        if (typeof own === 'function' && !writes.has(String(name))) return own.bind(target) as unknown
        if (typeof own !== 'function') return typeof own === 'object' && own !== null ? guarded(own) : own
        return (...given: unknown[]): unknown => {
          calls += 1
          if (calls >= fatal) throw new Killed()
          return Reflect.apply(own, target, given)
        }
      },
    })
  return { workspace: { ...workspace, tracking: guarded(workspace.tracking) }, calls: () => calls }
}

/** What happens between two hosts: the dead one's runs are marked. */
function bury({ workspace }: World): void {
  workspace.tracking.runs.markInterrupted({ now: 1 })
}

/** All that somebody, and the clock, have to do with a job. */
async function live(world: World, host: Retraining): Promise<void> {
  await host.settle()
  const open = world.workspace.tracking.retraining.jobs.openOf('churn')
  if (open?.step === 'approve') host.decide({ job: open.number, isApproved: true, who: 'Ada', note: '' })
  await host.settle()
  world.now += 120_000
  await host.settle()
}

const policy = {
  start: { newLabels: 10 },
  promotion: { way: 'canary', needsApproval: true, probationMinutes: 1, trialRequests: 10 },
}

test('a host that ends anywhere in a job leaves what the next one finishes, and promotes nothing twice', async () => {
  let isThrough = false
  let points = 0
  for (let fatal = 1; !isThrough; fatal++) {
    const world = await World.open(policy)
    world.labels = 10
    world.trial = { requests: 20, errors: 0, live: { requests: 100, errors: 0 } }
    const failing = failingAt(world.workspace, fatal)
    const first = world.host(failing.workspace)
    const ended: unknown = await live(world, first).catch((error: unknown) => error)
    expect(ended === undefined || ended instanceof Killed).toBe(true)
    await first.close()
    isThrough = failing.calls() < fatal
    points = fatal
    // The host is gone: what answers is the champion before, or the one that was promoted; never anything in between.
    expect([1, 2]).toContain(world.champion)
    expect(world.moves.length).toBeLessThanOrEqual(2)
    bury(world)
    const second = world.host()
    await live(world, second)
    const jobs = second.jobs({ deployment: 'churn', limit: 10 })
    expect(jobs.map(({ outcome }) => outcome)).toEqual(['promoted'])
    expect(jobs[0]!.steps.every(({ reason, state }) => reason !== '' && state === 'done')).toBe(true)
    // Set once when the model was registered, moved once by the job.
    expect(world.moves).toEqual([2, 1])
    expect(world.workspace.tracking.deployments.get('churn').spec.versions).toHaveLength(1)
    expect(world.runs).toBeLessThanOrEqual(2)
    world.workspace.close()
  }
  expect(points).toBeGreaterThan(25)
})

test('a run that ends with its host three times is given up, with the reason', async () => {
  const world = await World.open({ start: { newLabels: 10 } })
  world.labels = 10
  world.runStatus = 'never-ends'
  for (let host = 1; host <= 3; host++) {
    void world.host().settle()
    await expect.poll(() => world.runs).toBe(host)
    bury(world)
  }
  const last = world.host()
  await last.settle()
  expect(last.jobs({ deployment: 'churn', limit: 1 })[0]).toMatchObject({
    outcome: 'abandoned',
    reason: 'Its run was begun 3 times, and ended with its host each time.',
  })
  expect(world.champion).toBe(1)
})
