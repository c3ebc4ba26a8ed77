import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Occurrence, ScheduleInfo } from '../../src/contract/automation-contract.ts'
import type { RetrainingJob } from '../../src/contract/retraining-contract.ts'
import { createRandom } from '../../src/tables/random.ts'
import { builtInCommand, startCommand, stdoutOf, type RunningCommand } from '../contract/run-command.ts'

const pipeline = {
  format: 1,
  id: 'loop',
  name: 'Loop',
  seed: 7,
  nodes: {
    data: { type: 'ingestion.file', version: 1, params: { path: 'data.csv' } },
    roles: { type: 'features.set-roles', version: 1, params: { target: 'y', id: ['t'] } },
    split: {
      type: 'features.split',
      version: 1,
      params: { method: 'order', by: 't', test: 0.2, validation: 0.1 },
    },
    model: { type: 'training.logistic-regression', version: 1, params: {} },
    evaluate: { type: 'training.evaluate', version: 1, params: {} },
    register: {
      type: 'serving.register',
      version: 1,
      params: { name: 'loop', aliases: ['champion'], promotion: 'always' },
    },
    retrain: {
      type: 'monitoring.retrain',
      version: 1,
      params: { model: 'loop@champion', metric: 'accuracy', holdsFrozen: false, probationMinutes: 0 },
    },
  },
  edges: [
    'data.table -> roles.table',
    'roles.table -> split.table',
    'split.table -> model.table',
    'split.table -> evaluate.table',
    'model.model -> evaluate.models',
    'model.model -> register.model',
    'register.model -> retrain.model',
  ],
  automation: { schedules: [{ name: 'on-call', trigger: { kind: 'webhook' } }] },
}

/** What decides about `y` is `a`, until it is `b`. */
function rows(from: number, count: number, isLater: boolean): string {
  const random = createRandom(7, `rows ${from}`)
  return Array.from({ length: count }, (_, index) => {
    const [a, b] = [random.below(1_000) - 500, random.below(1_000) - 500]
    const y = (isLater ? b : a) + random.below(100) > 50 ? 'yes' : 'no'
    return `${from + index},${a},${b},${y}\n`
  }).join('')
}

describe('a pipeline that retrains itself', { timeout: 120_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'pipewright-loop-'))
  const watching = new Set<RunningCommand>()
  const options = { cwd: folder, command: builtInCommand }
  const ask = async <Answer>(...args: readonly string[]): Promise<Answer> =>
    JSON.parse(await stdoutOf([...args, '--json'], options)) as Answer
  const newest = async (): Promise<RetrainingJob> =>
    (await ask<{ jobs: RetrainingJob[] }>('retrain', 'jobs', 'loop')).jobs[0]!
  const write = (...parts: readonly string[]): void =>
    writeFileSync(join(folder, 'data.csv'), `t,a,b,y\n${parts.join('')}`)
  const champion = async (): Promise<number> =>
    (await ask<{ version: { version: number } }>('models', 'show', 'loop@champion')).version.version

  async function watch(): Promise<RunningCommand> {
    const started = startCommand(['watch'], options)
    watching.add(started)
    await started.saw('Watching')
    return started
  }

  beforeAll(async () => {
    writeFileSync(join(folder, 'loop.pipeline.json'), JSON.stringify(pipeline))
    write(rows(0, 600, false))
    await stdoutOf(['run', 'loop.pipeline.json'], options)
  })

  afterAll(() => {
    for (const { child } of watching) child.kill('SIGKILL')
    rmSync(folder, { recursive: true, force: true })
  })

  it('goes on after its host was killed in the middle of a job, and promotes the challenger once', async () => {
    write(rows(0, 400, false), rows(400, 1_200, true))
    const first = await watch()
    const second = startCommand(['watch'], options)
    watching.add(second)
    await second.saw('takes over when that ends')
    const asking = startCommand(['retrain', 'now', 'loop'], options)
    await first.saw('The pipeline runs.')
    first.child.kill('SIGKILL')
    await first.outcome
    asking.child.kill('SIGKILL')
    await asking.outcome
    // As everybody else sees it until somebody goes on with the job.
    expect([await champion(), (await newest()).outcome]).toEqual([1, null])

    await second.saw('this one goes on with it')
    await second.saw('promoted:')
    const job = await newest()
    expect(job).toMatchObject({ number: 1, outcome: 'promoted', champion: 1, challenger: 2 })
    expect(job.steps.map(({ step, state }) => [step, state])).toEqual([
      ['train', 'done'],
      ['judge', 'done'],
      ['promote', 'done'],
    ])
    const { aliasHistory } = await ask<{ aliasHistory: { to: number }[] }>('models', 'show', 'loop')
    expect(aliasHistory.map(({ to }) => to)).toEqual([2, 1])
    second.child.kill('SIGINT')
    expect((await second.outcome).code).toBe(0)
  })

  it('keeps the champion where the challenger is no better', async () => {
    const { job } = await ask<{ job: RetrainingJob }>('retrain', 'now', 'loop', '--note', 'again')
    expect(job).toMatchObject({ outcome: 'rejected', champion: 2 })
    expect(await champion()).toBe(2)
  })

  it('is started by a call with its token, each delivery once, and by nobody else', async () => {
    const on = ['schedules', 'on', 'loop.pipeline.json', 'on-call'] as const
    const { schedule } = await ask<{ schedule: ScheduleInfo }>(...on)
    expect(schedule).toMatchObject({ isOn: true, words: 'when it is called' })
    await watch()
    const hook = async () =>
      ask<{ url: string | null; token: string }>('schedules', 'hook', 'loop.pipeline.json', 'on-call')
    await expect.poll(async () => (await hook()).url, { timeout: 20_000, interval: 500 }).not.toBeNull()
    const { url, token } = await hook()
    const call = async (headers: Record<string, string>): Promise<number> =>
      (await fetch(url!, { method: 'POST', headers })).status
    const authorization = `Bearer ${token}`
    expect([
      await call({}),
      await call({ authorization, origin: 'http://example.com' }),
      await call({ authorization: `${authorization}x` }),
      await call({ authorization, 'idempotency-key': 'one' }),
      await call({ authorization, 'idempotency-key': 'one' }),
    ]).toEqual([401, 403, 401, 202, 202])
    const history = async (): Promise<Occurrence[]> =>
      (await ask<{ occurrences: Occurrence[] }>('schedules', 'history', 'loop.pipeline.json')).occurrences
    await expect
      .poll(async () => (await history()).map(({ state }) => state), { timeout: 30_000, interval: 500 })
      .toEqual(['done'])
  })
})
