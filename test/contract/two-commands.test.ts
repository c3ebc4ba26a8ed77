import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { runCommand, startCommand, type RunningCommand } from './run-command.ts'
import { changing, TestWorkspace } from './test-workspace.ts'

describe('two commands in one workspace', () => {
  let workspace: TestWorkspace
  let started: RunningCommand[]
  const start = (...args: string[]): RunningCommand => {
    const command = startCommand(args, { cwd: workspace.folder })
    started.push(command)
    return command
  }

  beforeEach(() => {
    started = []
    workspace = new TestWorkspace()
    workspace.write('lines.txt', 'a\nb\nc\n')
    // Its last step has what it needs of the cores when the second command comes.
    workspace.pipeline('short.pipeline.json', {
      id: 'short',
      nodes: {
        file: ['ingestion.lines', { path: 'lines.txt' }],
        change: ['features.change', { waitFor: 'go' }],
      },
      edges: ['file.table -> change.table'],
    })
    workspace.pipeline('long.pipeline.json', { ...changing({ waitFor: 'go on' }), id: 'long' })
    workspace.pipeline('endless.pipeline.json', { ...changing({ behave: 'wait-for-cancel' }), id: 'endless' })
  })
  afterEach(async () => {
    for (const { child } of started) child.kill('SIGKILL')
    await Promise.all(started.map(({ outcome }) => outcome))
    workspace[Symbol.dispose]()
  })

  it('work through the first, which stays until the second is done', async () => {
    const first = start('run', 'short.pipeline.json')
    await first.saw('change: started')
    const second = start('run', 'long.pipeline.json')
    await second.saw('file: ')
    workspace.write('go', '')
    await first.saw('Waiting for 1 job')
    expect([first, second].map(({ child }) => child.exitCode)).toEqual([null, null])
    workspace.write('go on', '')
    expect(await second.outcome).toMatchObject({ code: 0, stderr: '' })
    expect(await first.outcome).toMatchObject({ code: 0 })
  })

  it('are cancelled one by one', async () => {
    const first = start('run', 'long.pipeline.json')
    await first.saw('change: started')
    const second = start('run', 'endless.pipeline.json', '--json')
    await second.saw('"step-queued"')
    second.child.kill('SIGINT')
    const cancelled = await second.outcome
    expect(cancelled.code).toBe(3)
    expect(cancelled.stdout.trimEnd().split('\n').at(-1)).toContain('"status":"cancelled"')
    workspace.write('go on', '')
    expect(await first.outcome).toMatchObject({ code: 0 })
  })

  it('lose only the run of the one that dies', async () => {
    const first = start('run', 'long.pipeline.json')
    await first.saw('change: started')
    const second = start('run', 'endless.pipeline.json')
    await second.saw('file: ')
    second.child.kill('SIGKILL')
    await second.outcome
    workspace.write('go on', '')
    expect(await first.outcome).toMatchObject({ code: 0 })
    const { stdout } = await runCommand(['runs', 'list', '--json'], { cwd: workspace.folder })
    const { runs } = JSON.parse(stdout) as { runs: { pipelineId: string; status: string }[] }
    expect(runs.map(({ pipelineId, status }) => `${pipelineId} ${status}`)).toEqual([
      'endless cancelled',
      'long done',
    ])
  })

  it('say so when the one that worked is killed, and go on when run again', async () => {
    const first = start('run', 'endless.pipeline.json')
    await first.saw('change: started')
    const second = start('run', 'long.pipeline.json')
    await second.saw('file: ')
    first.child.kill('SIGKILL')
    const { code, stderr } = await second.outcome
    expect(code).toBe(1)
    expect(stderr).toBe(
      `error: The Pipewright process that worked on this workspace (process ${first.child.pid}) has ended unexpectedly.\n` +
        '  Run the same command again: steps that were finished are not repeated.\n',
    )
    workspace.write('go on', '')
    const again = await runCommand(['run', 'long.pipeline.json'], { cwd: workspace.folder })
    expect(again).toMatchObject({ code: 0 })
    expect(again.stdout).toContain('file: cached')
  })

  it('cancels what it waits for at Ctrl-C', async () => {
    const first = start('run', 'short.pipeline.json')
    await first.saw('change: started')
    const second = start('run', 'endless.pipeline.json')
    await second.saw('file: ')
    workspace.write('go', '')
    await first.saw('Waiting for 1 job')
    first.child.kill('SIGINT')
    expect(await first.outcome).toMatchObject({ code: 0 })
    expect(await second.outcome).toMatchObject({ code: 3 })
  })

  it('start at the same moment without trouble', async () => {
    workspace.write('go', '')
    const outcomes = await Promise.all(
      ['short', 'short', 'short', 'short'].map((name) => start('run', `${name}.pipeline.json`).outcome),
    )
    expect(outcomes.map(({ code, stderr }) => ({ code, isClean: !stderr.includes('error:') }))).toEqual(
      outcomes.map(() => ({ code: 0, isClean: true })),
    )
  })
})

describe('Ctrl-C', () => {
  it('cancels the run; a second one ends the process at once', async () => {
    using workspace = new TestWorkspace()
    workspace.write('lines.txt', 'a\n')
    workspace.pipeline('deaf.pipeline.json', changing({ behave: 'ignore-cancel' }))
    const command = startCommand(['run', 'deaf.pipeline.json'], { cwd: workspace.folder })
    await command.saw('change: started')
    command.child.kill('SIGINT')
    await sleep(100)
    command.child.kill('SIGINT')
    const { code, stdout } = await command.outcome
    expect(code).toBe(3)
    expect(stdout).not.toContain('Cancelled in')
  })
})
