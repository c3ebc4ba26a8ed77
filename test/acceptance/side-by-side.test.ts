import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { RunningCommand } from '../contract/run-command.ts'
import { childrenOf } from './children-of.ts'
import { ExampleWorkspace } from './example-workspace.ts'

describe('two commands at once in one workspace', () => {
  let workspace: ExampleWorkspace
  let started: RunningCommand[]
  const start = (...args: string[]): RunningCommand => {
    const command = workspace.start(...args)
    started.push(command)
    return command
  }

  beforeEach(() => {
    started = []
    workspace = new ExampleWorkspace('telco-churn')
    const other = workspace
      .read(workspace.file)
      .replace('"id": "telco-churn"', '"id": "telco-other"')
      .replace('"name": "telco-churn"', '"name": "telco-other"')
      .replace('"seed": 7', '"seed": 8')
    workspace.write('other.pipeline.json', other)
  })
  afterEach(async () => {
    for (const { child } of started) child.kill('SIGKILL')
    await Promise.all(started.map(({ outcome }) => outcome))
    workspace[Symbol.dispose]()
  })

  it.skipIf(process.platform === 'win32')('both succeed; the first does the work of the second', async () => {
    const first = start('run', workspace.file)
    await first.saw('customers: started')
    const second = start('run', 'other.pipeline.json')
    await second.saw('trees: started')
    expect(childrenOf(first.child.pid!).length).toBeGreaterThan(0)
    await expect.poll(() => childrenOf(second.child.pid!)).toEqual([])
    const outcomes = await Promise.all([first.outcome, second.outcome])
    expect(outcomes.map(({ code }) => code)).toEqual([0, 0])
    const { models } = await workspace.ask<{ models: { name: string }[] }>('models', 'list')
    expect(models.map(({ name }) => name)).toEqual(['telco-churn', 'telco-other'])
    expect(await workspace.run()).toMatchObject({ code: 0, states: { trees: 'cached' } })
  })

  it('the app goes on in the browser when the process that it worked through is killed', async () => {
    const host = start('studio', '--no-open')
    await host.saw('Open http')
    const second = start('studio', '--no-open')
    await second.saw('Open http')
    const address = new URL(/http\S+/.exec(second.said())![0])
    const started = await fetch(address, { redirect: 'manual' })
    const cookie = started.headers.get('set-cookie')!.split(';')[0]!
    const page = () => fetch(address.origin, { headers: { cookie } })
    expect((await page()).status).toBe(200)
    host.child.kill('SIGKILL')
    await second.saw('this one goes on in its place')
    expect((await page()).status).toBe(200)
    expect(await workspace.ask('runs', 'list')).toEqual({ runs: [] })
  })

  it('that run the same pipeline from the same moment on register one version', async () => {
    const commands = [start('run', workspace.file), start('run', workspace.file)]
    const outcomes = await Promise.all(commands.map(({ outcome }) => outcome))
    expect(outcomes.map(({ code }) => code)).toEqual([0, 0])
    const { versions } = await workspace.ask<{ versions: object[] }>('models', 'show', 'telco-churn')
    expect(versions).toHaveLength(1)
  })
})
