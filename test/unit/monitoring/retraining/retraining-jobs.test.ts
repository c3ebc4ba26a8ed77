import { describe, expect, it } from 'vitest'
import { createError } from '../../../../src/core/errors.ts'
import { betterChallenge, World } from './retraining-samples.ts'

async function jobOf(world: World, ask = true) {
  const host = world.host()
  if (ask) host.start({ deployment: 'churn', who: 'Ada', note: 'let us see' })
  await host.settle()
  const [job] = host.jobs({ deployment: 'churn', limit: 1 })
  return { host, job: job! }
}

describe('a retraining job', () => {
  it('trains, judges and promotes, each step with its reason and numbers', async () => {
    const world = await World.open()
    const { job } = await jobOf(world)
    expect(job).toMatchObject({
      outcome: 'promoted',
      champion: 1,
      challenger: 2,
      cause: 'hand',
      causeReason: 'Ada: let us see',
    })
    expect(job.steps.map(({ step, reason }) => [step, reason])).toEqual([
      ['train', 'The run run1 made version 2.'],
      [
        'judge',
        'On the 300 newest labels it is better by 10.00 points of accuracy (95 % interval: 5.00 to 15.00).',
      ],
      ['promote', '“churn@champion” is version 2, in place of version 1.'],
    ])
    expect(job.steps[1]!.checks.map(({ check, isPassed }) => [check, isPassed])).toEqual([
      ['frozen', true],
      ['newest', true],
      ['latency', true],
      ['size', null],
    ])
    expect(world.champion).toBe(2)
  })

  it('keeps the champion where the newest labels may say so by chance', async () => {
    const world = await World.open()
    world.challenge = { ...betterChallenge, newest: { ...betterChallenge.newest, low: -0.01 } as never }
    const { job } = await jobOf(world)
    expect(job).toMatchObject({ outcome: 'rejected' })
    expect(job.reason).toContain('that may be chance')
    expect(world.champion).toBe(1)
  })

  it('ends where the pipeline makes the champion again, or no version at all', async () => {
    const world = await World.open()
    world.made = 'champion'
    expect((await jobOf(world)).job).toMatchObject({ outcome: 'rejected', challenger: 1 })
    world.made = null
    expect((await jobOf(world)).job.reason).toBe(
      'Its run run2 registered no version of “churn”: it takes the node “Register model”.',
    )
  })

  it('ends with what went wrong: a run that failed, one that was cancelled, a pipeline that may not run', async () => {
    const world = await World.open()
    world.runStatus = 'failed'
    expect((await jobOf(world)).job).toMatchObject({
      outcome: 'abandoned',
      reason: 'Its run run1 failed: The column is missing.',
    })
    world.runStatus = 'cancelled'
    expect((await jobOf(world)).job).toMatchObject({ outcome: 'cancelled' })
    world.distrust = 'It writes outside of the workspace, which nobody has trusted it to do.'
    expect((await jobOf(world)).job).toMatchObject({ outcome: 'abandoned', reason: world.distrust })
  })

  it('tries to judge again what the machine was at fault for, three times', async () => {
    const world = await World.open()
    const entry = { kind: 'environment', message: 'The viewer is gone.', remedy: '' } as const
    world.challenge = createError('view.lost', entry, {}, {})
    const { host, job } = await jobOf(world)
    expect(job).toMatchObject({ step: 'judge', reason: 'The viewer is gone.' })
    await host.settle()
    await host.settle()
    expect(host.job(job.number)).toMatchObject({
      outcome: 'abandoned',
      reason: 'It could not go on at “judge”: The viewer is gone.',
    })
  })

  it('leaves an alias alone that somebody has moved meanwhile', async () => {
    const world = await World.open({ promotion: { needsApproval: true } })
    const { host, job } = await jobOf(world)
    expect(job).toMatchObject({ step: 'approve', reason: 'It waits for somebody to approve of it.' })
    const said = host.decide({ job: job.number, isApproved: true, who: 'Ada', note: '' })
    expect(said.reason).toBe('Ada approved of it.')
    world.moveChampion()
    await host.settle()
    expect(host.job(job.number)).toMatchObject({
      outcome: 'abandoned',
      reason: '“churn@champion” is version 3 by now: it was judged against version 1.',
    })
  })

  it('takes no approval that can bring about nothing any more, and says so before', async () => {
    const world = await World.open({ promotion: { needsApproval: true } })
    const { host, job } = await jobOf(world)
    world.moveChampion()
    const moved = '“churn@champion” is version 3 by now: it was judged against version 1.'
    expect(host.job(job.number).reason).toBe(
      `It waits for somebody to approve of it. It can promote nothing any more: ${moved}`,
    )
    expect(() => host.decide({ job: job.number, isApproved: true, who: 'Ada', note: '' })).toThrow(
      `Job 1 can promote nothing any more: ${moved}`,
    )
    host.decide({ job: job.number, isApproved: false, who: 'Ada', note: '' })
    await host.settle()
    expect(host.job(job.number)).toMatchObject({ outcome: 'rejected' })
  })

  it('can be rejected, cancelled and taken back', async () => {
    const world = await World.open({ promotion: { needsApproval: true, probationMinutes: 5 } })
    const first = await jobOf(world)
    first.host.decide({ job: first.job.number, isApproved: false, who: 'Ada', note: 'too odd' })
    await first.host.settle()
    expect(first.host.job(1)).toMatchObject({ outcome: 'rejected', reason: 'Ada rejected it: too odd.' })

    const second = await jobOf(world)
    second.host.cancel({ job: second.job.number, who: 'Ada', note: '' })
    expect(second.host.job(2)).toMatchObject({ outcome: 'cancelled', step: null })

    const third = await jobOf(world)
    third.host.decide({ job: 3, isApproved: true, who: 'Ada', note: '' })
    await third.host.settle()
    expect([world.champion, third.host.job(3).step]).toEqual([2, 'probation'])
    third.host.rollBack({ job: 3, who: 'Ada', note: 'complaints' })
    expect(third.host.job(3)).toMatchObject({
      outcome: 'rolled-back',
      reason: 'Ada put version 1 back in place: complaints.',
    })
    expect(world.champion).toBe(1)
    expect(() => third.host.rollBack({ job: 3, who: 'Ada', note: '' })).toThrow('promoted nothing')
  })

  it('takes back what it has put forward for production when it is cancelled', async () => {
    const world = await World.open()
    const { tracking } = world.workspace
    world.wish({ model: 'churn@production', promotion: { probationMinutes: 0 } })
    const { host } = await jobOf(world)
    expect(tracking.promotions.list('churn')[0]).toMatchObject({ state: 'waiting', version: 2 })
    host.cancel({ job: 1, who: 'Ada', note: 'a mistake' })
    expect(tracking.promotions.list('churn')[0]).toMatchObject({
      state: 'rejected',
      decidedBy: 'Ada',
      decisionNote: 'a mistake',
    })
  })

  it('says that it was cancelled, whatever becomes of what was under way then', async () => {
    const world = await World.open()
    let lose = (): void => {}
    const lost = new Promise<never>((_, reject) => {
      const entry = { kind: 'environment', message: 'The viewer is gone.', remedy: '' } as const
      lose = () => reject(createError('view.lost', entry, {}, {}))
    })
    lost.catch(() => {})
    const host = world.host()
    world.challenging = lost
    host.start({ deployment: 'churn', who: 'Ada', note: '' })
    const settled = host.settle()
    await expect.poll(() => host.job(1).step).toBe('judge')
    host.cancel({ job: 1, who: 'Ada', note: '' })
    lose()
    await settled
    expect(host.job(1)).toMatchObject({ outcome: 'cancelled', reason: 'Ada cancelled it.' })
  })

  it('goes on although labels cannot be counted', async () => {
    const world = await World.open({ promotion: { needsApproval: true, probationMinutes: 0 } })
    const { host } = await jobOf(world)
    world.countLabels = new Error('The file is damaged.')
    host.decide({ job: 1, isApproved: true, who: 'Ada', note: '' })
    await host.settle()
    await host.settle()
    expect(host.job(1)).toMatchObject({ outcome: 'promoted' })
    expect(world.defects).toEqual([world.countLabels])
  })

  it('keeps the rows that the first champion learned from before there is a job', async () => {
    const world = await World.open()
    world.trainedOn = 'other'
    await world.host().settle()
    const { retraining } = world.workspace.tracking
    expect(retraining.get('churn').frozenTable).toBe('other')
  })

  it('goes to production by the request that people decide about', async () => {
    const world = await World.open()
    const { tracking } = world.workspace
    const word = { who: 'Ada', note: '', now: 2 }
    const production = { model: 'churn', environment: 'production' } as const
    tracking.promotions.promote({ ...production, version: 1, ...word })
    tracking.promotions.decide({ ...production, state: 'approved', ...word })
    world.wish({ model: 'churn@production', promotion: { probationMinutes: 0 } })
    const { host } = await jobOf(world)
    expect(tracking.promotions.list('churn')[0]).toMatchObject({ state: 'waiting', version: 2 })
    tracking.promotions.decide({ ...production, state: 'approved', ...word, note: 'fine' })
    await host.settle()
    expect(host.job(1)).toMatchObject({ outcome: 'promoted' })
    expect(host.job(1).steps[2]!.reason).toBe('Ada approved of it: fine.')
    expect(tracking.models.resolve('churn@production').version).toBe(2)
  })
})

describe('a trial', () => {
  const canary = {
    promotion: { way: 'canary', share: 0.1, trialRequests: 100, trialMinutes: 10, probationMinutes: 0 },
  }
  const versions = (world: World) => world.workspace.tracking.deployments.get('churn').spec.versions

  it('lets the challenger answer its share, and promotes it when it has', async () => {
    const world = await World.open(canary)
    const { host, job } = await jobOf(world)
    expect(job.reason).toBe('As a canary it has answered 0 of 100 requests.')
    const following = new AbortController()
    const events = host.follow(following.signal)
    const first = events.next()
    await host.settle()
    await host.settle()
    expect(versions(world)[1]).toMatchObject({ reference: 'churn:2', role: 'canary' })
    const [live, tried] = versions(world).map(({ weight }) => weight)
    expect(tried! / (live! + tried!)).toBeCloseTo(0.1)
    world.trial = { requests: 100, errors: 0, live: { requests: 900, errors: 0 } }
    await host.settle()
    // What waits is told of when there is something new to be told.
    expect((await first).value).toMatchObject({
      reason: 'As a canary it has answered 100 requests without a complaint.',
    })
    following.abort()
    expect(host.job(1)).toMatchObject({ outcome: 'promoted' })
    expect(versions(world)).toHaveLength(1)
  })

  it('ends with a canary that was taken out of the traffic, a shadow that fails, and traffic that never comes', async () => {
    const world = await World.open(canary)
    const { host } = await jobOf(world)
    world.workspace.tracking.deployments.rollBack({
      name: 'churn',
      artifact: 'challenger',
      note: 'too slow',
      now: 2,
    })
    await host.settle()
    expect(host.job(1)).toMatchObject({
      outcome: 'rejected',
      reason: 'The canary was taken out of the traffic: too slow.',
    })

    world.wish({ promotion: { ...canary.promotion, way: 'shadow' } })
    const second = await jobOf(world)
    world.trial = { requests: 40, errors: 10, live: { requests: 900, errors: 0 } }
    await second.host.settle()
    expect(second.host.job(2)).toMatchObject({
      outcome: 'rejected',
      reason: 'As a shadow, 10 of 50 requests failed.',
    })

    world.trial = null
    const third = await jobOf(world)
    world.now += 11 * 60_000
    await third.host.settle()
    expect(third.host.job(3).reason).toBe('As a shadow it has answered only 0 of 100 requests in 10 minutes.')
    expect([world.champion, versions(world).length]).toEqual([1, 1])
  })
})

describe('a probation', () => {
  it('brings the champion back where quality drops', async () => {
    const world = await World.open({ promotion: { probationMinutes: 30 } })
    const point = { metric: 'quality-accuracy', rows: 500, to: 1 } as const
    world.points = [{ ...point, version: 'churn:1', value: 0.85 }]
    const { host, job } = await jobOf(world)
    expect([job.step, world.champion]).toEqual(['probation', 2])
    world.points.push({ ...point, version: 'churn:2', value: 0.84, to: world.now + 1 })
    await host.settle()
    expect(world.champion).toBe(2)
    world.points.push({ ...point, version: 'churn:2', value: 0.8, to: world.now + 2 })
    await host.settle()
    expect(host.job(1)).toMatchObject({
      outcome: 'rolled-back',
      reason:
        'Version 1 is back: quality-accuracy is 0.8000 over 500 rows, and was 0.8500 before the promotion.',
    })
    expect(world.champion).toBe(1)
  })

  it('brings it back where the endpoint refuses the new one', async () => {
    const world = await World.open({ promotion: { probationMinutes: 30 } })
    world.notAnswering = 'its answers are not those of batch scoring'
    const { host } = await jobOf(world)
    world.now += 6 * 60_000
    await host.settle()
    expect(host.job(1)).toMatchObject({ outcome: 'rolled-back' })
    expect(world.champion).toBe(1)
  })
})

describe('a reason to retrain', () => {
  it('is one when enough labels have come, and not twice for the same', async () => {
    const world = await World.open({ start: { newLabels: 100, pauseMinutes: 0 } })
    world.labels = 99
    const host = world.host()
    await host.settle()
    expect(world.runs).toBe(0)
    const { createdAt } = world.workspace.tracking.retraining.get('churn')
    expect(world.countedSince).toBe(createdAt)
    world.labels = 100
    world.now += 1_000
    await host.settle()
    await host.settle()
    expect(world.runs).toBe(1)
    expect(world.countedSince).toBe(createdAt + 1_000)
    expect(host.jobs({ deployment: 'churn', limit: 5 })[0]).toMatchObject({
      cause: 'labels',
      causeReason: '100 of 100 new labels have come since this was first wished for.',
    })
  })

  it('is drift for so many windows one after the other, quality that fell, or the clock', async () => {
    const world = await World.open({
      start: { driftWindows: 2, qualityDrop: 0.03, cron: { expression: '0 * * * *', timeZone: 'UTC' } },
    })
    const drift = (isBeyond: boolean) =>
      ({ metric: 'drift-share', version: 'churn:1', isBeyond, to: 1 }) as const
    world.points = [drift(true), drift(false), drift(true)]
    const host = world.host()
    await host.settle()
    expect(host.find('churn')!.reasons.map(({ now, needed }) => [now, needed])).toEqual([
      [0, 1_000],
      [1, 2],
      [null, 0.03],
      [null, null],
    ])
    world.points.push(drift(true))
    await host.settle()
    expect(host.jobs({ deployment: 'churn', limit: 1 })[0]).toMatchObject({ cause: 'drift' })
    expect(host.find('churn')!.pausedUntil).toBe(world.now + 3_600_000)
    world.now += 3_600_000
    await host.settle()
    expect(host.jobs({ deployment: 'churn', limit: 1 })[0]).toMatchObject({ number: 2, cause: 'schedule' })
  })

  it('starts nothing while retraining is switched off', async () => {
    const world = await World.open({ start: { newLabels: 1 } })
    world.labels = 10
    const host = world.host()
    expect(host.switch({ deployment: 'churn', isOn: false }).isOn).toBe(false)
    await host.settle()
    expect(world.runs).toBe(0)
  })
})
