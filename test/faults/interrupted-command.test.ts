import { existsSync, readdirSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { childrenOf } from '../acceptance/children-of.ts'
import type { RunningCommand } from '../contract/run-command.ts'
import { nodesThat, useExample } from './use-example.ts'

const example = useExample('telco-churn')

describe.skipIf(process.platform === 'win32')('a step worker that is killed', () => {
  it('has its step tried again; the command lives', async () => {
    const command = example.start('run', example.workspace.file)
    await command.saw('trees: started')
    killChildrenOf(command.child.pid!)
    const { code, stdout } = await command.outcome
    expect(code).toBe(0)
    expect(stdout).toMatch(/trees: .*again/)
    expect(stdout).toMatch(/: 11 executed, 0 cached/)
    example.expectNothingStaged()
  })

  it('every time fails its step with a message, and the next run goes on', async () => {
    const command = example.start('run', example.workspace.file)
    await command.saw('trees: started')
    while (command.child.exitCode === null && command.child.signalCode === null) {
      killChildrenOf(command.child.pid!)
      await delay(50)
    }
    const { code, stdout, stderr } = await command.outcome
    expect(code).toBe(1)
    expect(stderr).toMatch(
      /^error: The process that ran this step was ended from outside\.\n {2}at node \w+\n {2}\S.*\n$/,
    )
    expect(stdout).toMatch(/Failed in .*, 1 failed/)
    const again = await example.workspace.run()
    expect(again.code).toBe(0)
    expect(again.states).toMatchObject({ customers: 'cached', scale: 'cached', register: 'done' })
  })
})

describe.skipIf(process.platform === 'win32')('Ctrl-C, which every process of the command gets', () => {
  const pressCtrlC = ({ child }: RunningCommand): void => void process.kill(-child.pid!, 'SIGINT')

  it.each(['customers', 'trees'])(
    'during “%s” leaves nothing half-written, and the next run goes on',
    async (node) => {
      const command = example.startInGroup('run', example.workspace.file, '--json')
      await command.saw(`"node":"${node}","threads"`)
      pressCtrlC(command)
      const { code, stdout, stderr } = await command.outcome
      expect(stderr).toBe('')
      expect(code).toBe(3)
      expect(stdout.trimEnd().split('\n').at(-1)).toMatch(
        /^\{"event":"run-finished","status":"cancelled","executed":\d+,"cached":0,"metrics":\{.*\}\}$/,
      )
      example.expectNothingStaged()
      const next = await example.workspace.run()
      expect(next.code).toBe(0)
      expect(next.states[node]).toBe('done')
      expect(nodesThat(next.states, 'cached')).toEqual(
        Object.keys(next.states).slice(0, Object.keys(next.states).indexOf(node)),
      )
    },
  )

  it('during a prediction leaves no answers', async () => {
    await example.workspace.run()
    const [header, ...lines] = example.workspace.read('telco-churn.csv').trimEnd().split('\n')
    example.workspace.write(
      'many.csv',
      [header, ...Array.from({ length: 20 }, () => lines).flat()].join('\n'),
    )
    const command = example.startInGroup('predict', 'telco-churn', 'many.csv', '-o', 'answers.csv')
    await command.saw('predict: started')
    pressCtrlC(command)
    const { code, stdout } = await command.outcome
    expect(code).toBe(3)
    expect(stdout).toContain('Cancelled in')
    expect(existsSync(example.workspace.path('answers.csv'))).toBe(false)
    expect(readdirSync(example.workspace.folder).filter((name) => name.includes('answers'))).toEqual([])
    example.expectNothingStaged()
  })
})

function killChildrenOf(parent: number): void {
  for (const pid of childrenOf(parent))
    try {
      process.kill(pid, 'SIGKILL')
    } catch {
      // It has ended by itself.
    }
}
