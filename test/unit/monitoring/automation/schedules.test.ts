import { mkdirSync, renameSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { occurrenceWords } from '../../../../src/hosts/cli/commands/watch.ts'
import type { Schedule } from '../../../../src/core/automation.ts'
import { formatPipeline } from '../../../../src/core/format-pipeline.ts'
import { pipelineSchema } from '../../../../src/core/pipeline.ts'
import type { RunHandle, RunRequest } from '../../../../src/engine/open-engine.ts'
import { createPipelineFinder } from '../../../../src/monitoring/automation/find-pipelines.ts'
import { openAutomation } from '../../../../src/monitoring/automation/open-automation.ts'
import type { Tracking } from '../../../../src/storage/open-tracking.ts'
import { temporaryFolder, temporaryTracking } from '../../storage/storage-samples.ts'

const minute = 60_000
const start = Date.UTC(2026, 2, 28, 12)

class Desk {
  readonly folder = temporaryFolder()
  readonly tracking: Tracking = temporaryTracking()
  now = start
  runs: { path: string; parameters: Readonly<Record<string, string>> | undefined }[] = []
  status: 'done' | 'failed' | 'never-ends' = 'done'
  distrust: string | null = null
  mistake: Error | null = null
  readonly defects: unknown[] = []

  write(name: string, schedules: Partial<Schedule>[]): string {
    const path = join(this.folder, `${name}.pipeline.json`)
    const pipeline = pipelineSchema.parse({ format: 1, id: name, name, nodes: {}, automation: { schedules } })
    writeFileSync(path, formatPipeline(pipeline))
    return path
  }

  host() {
    return openAutomation({
      tracking: this.tracking,
      pipelines: createPipelineFinder(this.folder),
      startRun: (request) => this.#run(request),
      distrust: () => Promise.resolve(this.distrust),
      now: () => this.now,
      onDefect: (error) => void this.defects.push(error),
    })
  }

  #run({ pipeline, path, parameters, onCreated }: RunRequest) {
    if (this.mistake) return Promise.reject(this.mistake)
    this.runs.push({ path, parameters })
    const id = `run${this.runs.length}`
    const { tracking, status } = this
    tracking.transaction(() => {
      tracking.runs.create({
        id,
        pipelineId: pipeline.id,
        pipelineName: pipeline.name,
        document: '',
        parameters: {},
        scope: { to: null, from: null },
        startedAt: this.now,
        hostPid: 1,
      })
      onCreated?.(id)
    })
    const errors = [{ message: 'No rows came.' }]
    const finished =
      status === 'never-ends'
        ? new Promise<never>(() => {})
        : Promise.resolve({ status, errors: status === 'failed' ? errors : [] })
    if (status !== 'never-ends')
      tracking.runs.finish({ id, status, finishedAt: this.now, summary: { status, errors } })
    return Promise.resolve({ run: { id, finished } as unknown as RunHandle, findings: [] })
  }

  states(path: string) {
    return this.host()
      .history({ path, name: null, limit: 50 })
      .map(({ state, dueAt }) => [state, (dueAt - start) / minute])
      .toReversed()
  }
}

const hourly = { name: 'hourly', trigger: { kind: 'interval', minutes: 60 } } as const
const on = (path: string, name: string) => ({ path, name, isOn: true, who: 'Ada' })

describe('a schedule', () => {
  it('starts nothing before somebody has switched it on, and nothing of the time before', async () => {
    const desk = new Desk()
    const path = desk.write('a', [hourly])
    const host = desk.host()
    desk.now += 90 * minute
    await host.settle()
    expect(desk.runs).toEqual([])
    expect(await host.switch(on(path, 'hourly'))).toMatchObject({ isOn: true, words: 'every hour' })
    await host.settle()
    expect(desk.runs).toEqual([])
    desk.now += 30 * minute
    await host.settle()
    await host.settle()
    expect(desk.states(path)).toEqual([['done', 120]])
  })

  it.each([
    ['none', ['missed', 'missed', 'missed', 'missed'], 0],
    ['last', ['missed', 'missed', 'missed', 'done'], 1],
    ['all', ['done', 'done', 'done', 'done'], 4],
  ] as const)('makes up for what it missed by its rule: %s', async (catchUp, states, runs) => {
    const desk = new Desk()
    const path = desk.write('a', [{ ...hourly, catchUp }])
    await desk.host().switch(on(path, 'hourly'))
    desk.now += 4 * 60 * minute + 10 * minute
    await desk.host().settle()
    expect(desk.states(path).map(([state]) => state)).toEqual(states)
    expect(desk.runs).toHaveLength(runs)
  })

  it('runs each time once, whichever host comes to it', async () => {
    const desk = new Desk()
    const path = desk.write('a', [{ ...hourly, catchUp: 'all' }])
    await desk.host().switch(on(path, 'hourly'))
    desk.now += 60 * minute
    await Promise.all([desk.host().settle(), desk.host().settle(), desk.host().settle()])
    await desk.host().settle()
    expect(desk.states(path)).toEqual([['done', 60]])
  })

  it('goes on with a run that ended with its host, and gives up after three', async () => {
    const desk = new Desk()
    const path = desk.write('a', [hourly])
    await desk.host().switch(on(path, 'hourly'))
    desk.now += 60 * minute
    desk.status = 'never-ends'
    for (let host = 1; host <= 3; host++) {
      void desk.host().settle()
      await expect.poll(() => desk.runs.length).toBe(host)
      desk.tracking.runs.markInterrupted({ now: desk.now })
    }
    await desk.host().settle()
    const [only] = desk.host().history({ path, name: null, limit: 5 })
    expect(only).toMatchObject({ state: 'failed', attempts: 3, run: 'run3' })
    expect(only!.reason).toContain('ended with its host each time')
  })

  it('says why it refused, and what failed', async () => {
    const desk = new Desk()
    const path = desk.write('a', [hourly])
    const host = desk.host()
    await host.switch(on(path, 'hourly'))
    desk.now += 60 * minute
    desk.distrust = 'The pipeline wants to write outside the workspace.'
    await host.settle()
    desk.distrust = null
    desk.status = 'failed'
    desk.now += 60 * minute
    await host.settle()
    expect(host.history({ path, name: null, limit: 5 }).map(({ state, reason }) => [state, reason])).toEqual([
      ['failed', 'No rows came.'],
      ['refused', 'The pipeline wants to write outside the workspace.'],
    ])
  })

  it('is due by the clock of its time zone, also when that changes', async () => {
    const desk = new Desk()
    const path = desk.write('a', [
      { name: 'daily', trigger: { kind: 'cron', expression: '30 6 * * *', timeZone: 'Europe/Berlin' } },
      { name: 'never', trigger: { kind: 'cron', expression: '0 0 31 2 *', timeZone: 'UTC' } },
      { name: 'nowhere', trigger: { kind: 'cron', expression: '0 0 * * *', timeZone: 'Europe/Nowhere' } },
    ])
    const [daily, never, nowhere] = await desk.host().schedules(path)
    expect(daily!.next.slice(0, 2).map((time) => new Date(time).toISOString())).toEqual([
      '2026-03-29T04:30:00.000Z',
      '2026-03-30T04:30:00.000Z',
    ])
    expect(daily!.words).toBe('at “30 6 * * *” (Europe/Berlin)')
    expect([never!.problem, nowhere!.problem]).toEqual([
      '“0 0 31 2 *” never comes up.',
      'There is no time zone “Europe/Nowhere”. Name one such as “Europe/Berlin” or “UTC”.',
    ])
    await expect(desk.host().switch(on(path, 'nowhere'))).rejects.toThrow('can never start')
  })

  it('is looked at in no time after a year in which nobody was there', async () => {
    const desk = new Desk()
    const trigger = { kind: 'cron', expression: '* * * * *', timeZone: 'Europe/Berlin' } as const
    const path = desk.write('a', [{ name: 'often', trigger }])
    await desk.host().switch(on(path, 'often'))
    desk.now += 365 * 24 * 60 * minute
    const before = process.cpuUsage()
    await desk.host().settle()
    const { user, system } = process.cpuUsage(before)
    expect((user + system) / 1e6).toBeLessThan(4)
    const noted = desk.tracking.schedules.history({ path, name: null, limit: 2_000 })
    expect(noted).toHaveLength(1_000)
    expect(noted[0]).toMatchObject({ state: 'done', dueAt: desk.now })
  })

  it('writes nothing down while nothing is due', async () => {
    const desk = new Desk()
    const path = desk.write('a', [{ ...hourly, catchUp: 'all' }])
    const host = desk.host()
    await host.switch(on(path, 'hourly'))
    const notes = vi.spyOn(desk.tracking.schedules, 'note')
    for (let second = 0; second < 50; second++) {
      desk.now += 1_000
      await host.settle()
    }
    expect(notes).not.toHaveBeenCalled()
    desk.now = start + 60 * minute
    await host.settle()
    expect(desk.states(path)).toEqual([['done', 60]])
  })

  it('starts nothing any more that still waits when it is switched off', async () => {
    const desk = new Desk()
    const path = desk.write('a', [{ ...hourly, catchUp: 'all' }])
    const host = desk.host()
    await host.switch(on(path, 'hourly'))
    desk.now += 3 * 60 * minute
    desk.status = 'never-ends'
    void host.settle()
    await expect.poll(() => desk.runs.length).toBe(1)
    await host.switch({ ...on(path, 'hourly'), isOn: false })
    desk.tracking.runs.markInterrupted({ now: desk.now })
    desk.status = 'done'
    await desk.host().settle()
    // What was begun is finished.
    expect(desk.states(path)).toEqual([
      ['done', 60],
      ['missed', 120],
      ['missed', 180],
    ])
  })

  it('goes on when a clock that was ahead is put right, and runs nothing again', async () => {
    const desk = new Desk()
    const path = desk.write('a', [hourly])
    const host = desk.host()
    await host.switch(on(path, 'hourly'))
    desk.now += 60 * minute
    await host.settle()
    desk.now += 300 * 24 * 60 * minute
    await host.settle()
    expect(desk.runs).toHaveLength(2)
    desk.now = start + 90 * minute
    await host.settle()
    desk.now = start + 120 * minute
    await host.settle()
    expect(desk.runs).toHaveLength(3)
    desk.now = start + 100 * minute
    await host.settle()
    desk.now = start + 125 * minute
    await host.settle()
    expect(desk.runs).toHaveLength(3)
  })

  it('ends what our own mistake keeps from running, and goes on with the next', async () => {
    const desk = new Desk()
    const [first, second] = [
      desk.write('a', [hourly]),
      desk.write('b', [{ ...hourly, parameters: { a: 'b' } }]),
    ]
    const host = desk.host()
    await host.switch(on(first, 'hourly'))
    await host.switch(on(second, 'hourly'))
    desk.now += 60 * minute
    desk.mistake = new TypeError('undefined is not a function')
    await host.settle()
    desk.mistake = null
    expect(desk.states(first)).toEqual([['failed', 60]])
    expect(desk.defects).toHaveLength(2)
    desk.now += 60 * minute
    await host.settle()
    expect(desk.states(first)).toEqual([
      ['failed', 60],
      ['done', 120],
    ])
  })

  it('starts anew when its trigger is another one', async () => {
    const desk = new Desk()
    const path = desk.write('a', [{ ...hourly, catchUp: 'all' }])
    await desk.host().switch(on(path, 'hourly'))
    desk.now += 55 * minute
    desk.write('a', [{ ...hourly, catchUp: 'all', trigger: { kind: 'interval', minutes: 10 } }])
    await desk.host().settle()
    desk.now += 10 * minute
    await desk.host().settle()
    expect(desk.states(path)).toEqual([['done', 60]])
  })
})

describe('a trigger', () => {
  it('gives the path of each new and each changed file, also of one that was moved there', async () => {
    const desk = new Desk()
    const folder = join(desk.folder, 'inbox')
    mkdirSync(folder)
    const drop = (name: string, text: string): void => writeFileSync(join(folder, name), text)
    drop('before.csv', 'a')
    const trigger = { kind: 'file', folder: 'inbox', pattern: '*.csv', parameter: 'data' } as const
    const path = desk.write('a', [{ name: 'inbox', trigger, catchUp: 'all' }])
    const host = desk.host()
    await expect.poll(() => Date.now() - statSync(join(folder, 'before.csv')).ctimeMs).toBeGreaterThan(1)
    desk.now = Date.now()
    await host.switch(on(path, 'inbox'))
    // Times of files are those of the last tick of the system’s clock.
    await expect.poll(() => Date.now()).toBeGreaterThan(desk.now + 20)
    const old = join(desk.folder, 'old.csv')
    writeFileSync(old, 'moved')
    utimesSync(old, new Date(0), new Date(0))
    renameSync(old, join(folder, 'moved.csv'))
    drop('notes.txt', 'x')
    // It may still be written.
    await host.settle()
    expect(desk.runs).toEqual([])
    desk.now += 10_000
    await host.settle()
    await host.settle()
    drop('moved.csv', 'moved, and changed')
    desk.now += 10_000
    await host.settle()
    expect(desk.runs.map(({ parameters }) => parameters)).toEqual([
      { data: join(folder, 'moved.csv') },
      { data: join(folder, 'moved.csv') },
    ])
    const [noted] = host.history({ path, name: null, limit: 1 })
    expect(noted).toMatchObject({ file: join(folder, 'moved.csv') })
    expect(occurrenceWords(noted!)).toContain(`inbox of ${path}, for ${join(folder, 'moved.csv')}  done`)
  })

  it('starts after another pipeline, once for each of its runs', async () => {
    const desk = new Desk()
    const first = desk.write('first', [hourly])
    const second = desk.write('second', [
      { name: 'after', trigger: { kind: 'pipeline', path: 'first.pipeline.json', when: 'done' } },
    ])
    const host = desk.host()
    await host.switch(on(first, 'hourly'))
    await host.switch(on(second, 'after'))
    desk.now += 60 * minute
    await host.settle()
    desk.now += 1_000
    await host.settle()
    await host.settle()
    expect(desk.runs.map(({ path }) => path)).toEqual([first, second])
    desk.status = 'failed'
    desk.now += 60 * minute
    await host.settle()
    desk.now += 1_000
    await host.settle()
    expect(desk.runs).toHaveLength(3)
  })

  it('is refused where pipelines would start each other for ever', async () => {
    const desk = new Desk()
    const after = (path: string) => ({
      name: 'after',
      trigger: { kind: 'pipeline', path, when: 'done' } as const,
    })
    const first = desk.write('first', [after('second.pipeline.json')])
    desk.write('second', [after('first.pipeline.json')])
    await expect(desk.host().switch(on(first, 'after'))).rejects.toThrow('start each other for ever')
  })

  it('is asked for by hand or by a call, each call once', async () => {
    const desk = new Desk()
    const path = desk.write('a', [
      { name: 'hook', trigger: { kind: 'webhook' }, parameters: { kind: 'small', limit: '5' } },
    ])
    const host = desk.host()
    const call = { path, name: 'hook', key: 'delivery-1', parameters: { limit: '7' }, who: 'Ada' }
    const [asked, again] = [await host.ask(call), await host.ask(call)]
    await host.settle()
    expect(again.number).toBe(asked.number)
    expect(desk.runs.map(({ parameters }) => parameters)).toEqual([{ kind: 'small', limit: '7' }])
    await expect(host.ask({ ...call, name: 'hock' })).rejects.toThrow('has no schedule “hock”')
  })
})
